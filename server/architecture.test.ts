import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/**
 * What each room may import besides itself; `node` is Node's own modules, `npm` any package. A room is a folder, the most
 * specific one listed. Tests beside their subject may import anything: they are left out.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  // What browser and server both speak: pure, so nothing but zod and Lezer's runtime.
  'shared/base': ['zod'],
  'shared/event': ['shared/base', 'shared/plan'],
  'shared/plan': ['shared/base', 'shared/event'],
  'shared/lang': ['lezer', 'shared/base', 'shared/event', 'shared/plan'],
  'shared/rule': ['zod', 'shared/base', 'shared/event', 'shared/plan', 'shared/lang', 'shared/exceptions'],
  'shared/exceptions': ['zod', 'shared/base', 'shared/event', 'shared/plan', 'shared/lang', 'shared/rarity/shape'],
  'shared/alert': ['zod', 'shared/base', 'shared/plan', 'shared/rule'],
  'shared/guide': [
    'zod',
    'shared/base',
    'shared/event',
    'shared/plan',
    'shared/lang',
    'shared/exceptions',
    'shared/alert',
  ],
  'shared/tree': ['zod', 'shared/base', 'shared/rarity'],
  'shared/rarity': ['zod', 'shared/base', 'shared/plan', 'shared/lang', 'shared/alert'],
  'shared/sources': ['shared/base'],
  'shared/api': [
    'zod',
    'shared/base',
    'shared/event',
    'shared/rule',
    'shared/alert',
    'shared/guide',
    'shared/tree',
    'shared/rarity',
    'shared/exceptions',
    'shared/evaluate/explained-clause',
  ],
  'shared/report': [
    'zod',
    'shared/base',
    'shared/alert',
    'shared/guide',
    'shared/api',
    'shared/evaluate/explained-clause',
  ],
  'shared/evaluate': ['shared/base', 'shared/event', 'shared/plan'],
  'server/timing': ['shared/base'],
  // The store asks no one; everyone asks the store.
  'server/store': ['shared', 'node', 'npm'],
  'server/state': ['shared', 'node', 'npm', 'server/refusal'],
  'server/rules': ['shared', 'node', 'npm', 'server/store'],
  'server/alerts': [
    'shared',
    'node',
    'npm',
    'server/state',
    'server/store',
    'server/timing',
    'server/rules',
    'server/investigate',
    'server/refusal',
  ],
  'server/investigate': ['shared', 'server/store'],
  'server/searches': ['shared', 'npm', 'server/state', 'server/refusal'],
  // What a change to a rule, or to what it leaves out, would have done; and changing rules.
  'server/tuning': [
    'shared',
    'node',
    'npm',
    'server/state',
    'server/store',
    'server/timing',
    'server/rules',
    'server/alerts',
    'server/refusal',
  ],
  'server/exceptions': [
    'shared',
    'node',
    'npm',
    'server/state',
    'server/store',
    'server/rules',
    'server/alerts',
    'server/tuning',
    'server/refusal',
  ],
  'server/guide': [
    'shared',
    'node',
    'npm',
    'server/state',
    'server/store',
    'server/timing',
    'server/rules',
    'server/alerts',
    'server/investigate',
    'server/refusal',
  ],
  'server/mappings': ['shared', 'node', 'server/store'],
  'server/ingest': [
    'shared',
    'node',
    'npm',
    'server/state',
    'server/store',
    'server/timing',
    'server/mappings',
    'server/rules',
    'server/alerts',
    'server/demo',
    'server/refusal',
  ],
  // Tells of an alert all that the others know.
  'server/report': [
    'shared',
    'node',
    'server/alerts',
    'server/exceptions',
    'server/guide',
    'server/investigate',
    'server/state',
    'server/store',
    'server/refusal',
  ],
  // Who may send, and how foreign senders speak.
  'server/auth': ['shared', 'node', 'server/state', 'server/refusal'],
  'server/sources': ['shared', 'node'],
  'server/live': ['shared', 'node', 'npm'],
  'server/demo': ['shared', 'node'],
  'server/http': [
    'shared',
    'node',
    'npm',
    'server/alerts',
    'server/auth',
    'server/exceptions',
    'server/guide',
    'server/ingest',
    'server/investigate',
    'server/live',
    'server/report',
    'server/rules',
    'server/searches',
    'server/sources',
    'server/state',
    'server/store',
    'server/tuning',
    'server/refusal',
  ],
  'server/cli': ['shared', 'node', 'npm', 'server/cli', 'server/mappings', 'server/store', 'server/rules'],
  'server/refusal': ['shared'],
  // The only places that read the environment and wire parts.
  server: ['shared', 'node', 'npm', 'server'],
  'server/compose': ['shared', 'node', 'npm', 'server'],
  'server/bench': ['shared', 'node', 'npm', 'server'],
  'client/src/api': ['shared', 'npm', 'client/src/stores', 'client/src/format'],
  'client/src/ui': ['shared', 'npm', 'client/src/format', 'client/src/stores'],
  'client/src/format': ['shared'],
  'client/src/stores': ['shared', 'npm'],
  // A feature never imports another feature.
  'client/src/features/*': [
    'shared',
    'npm',
    'client/src/api',
    'client/src/ui',
    'client/src/format',
    'client/src/stores',
  ],
  'client/src': ['shared', 'npm', 'client/src'],
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const isSource = (name: string): boolean => /\.tsx?$/.test(name) && !/\.(test|bench|generated)\.tsx?$/.test(name);

const sourceFiles = ['shared', 'server', 'client/src'].flatMap((top) =>
  readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
    .filter(isSource)
    .map((name) => normalize(join(top, name)))
    .filter(
      (name) => !/(^|\/)(test-support|contract|generate|testing)\//.test(name) && !name.endsWith('test-setup.ts'),
    ),
);

const IMPORT =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'"()]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => ({
    file,
    target: resolve(file, match[3] ?? match[4] ?? ''),
    typeOnly: match[2] !== undefined,
  }));
}

/** The imported file from the root, or `node`, `npm`, `zod`, `lezer` for what is not ours. */
function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return normalize(join(dirname(file), specifier));
  if (specifier.startsWith('#client/')) return specifier.replace('#client/', 'client/src/');
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('node:')) return 'node';
  if (specifier === 'zod') return 'zod';
  return /^@lezer\/(lr|common|highlight)$/.test(specifier) ? 'lezer' : 'npm';
}

const pattern = (room: string): RegExp => new RegExp(`^${room.replace('*', '[^/]+')}(/|\\.tsx?$|$)`);

/** The most specific room a file lies in. */
function roomOf(file: string): string {
  const rooms = Object.keys(MAY_IMPORT).filter((room) => pattern(room).test(file));
  return rooms.sort((left, right) => right.length - left.length)[0] ?? 'nowhere';
}

const room = (file: string): string => pattern(roomOf(file)).exec(file)?.[0] ?? file;

function isAllowed({ file, target, typeOnly }: Import): boolean {
  if (target === 'zod' && typeOnly) return true;
  const allowed = MAY_IMPORT[roomOf(file)] ?? [];
  if (target === 'zod' || target === 'lezer') return allowed.includes(target) || allowed.includes('npm');
  if (target === 'node' || target === 'npm') return allowed.includes(target);
  const isOwn = roomOf(file) === roomOf(target) && room(file) === room(target);
  return isOwn || allowed.some((entry) => pattern(entry).test(target));
}

const imports = sourceFiles.flatMap(importsOf);

test('there is something to check', () => {
  expect(sourceFiles.length).toBeGreaterThan(100);
  expect(imports.length).toBeGreaterThan(300);
});

test('every file lies in a room of the house', () => {
  expect(sourceFiles.filter((file) => roomOf(file) === 'nowhere')).toEqual([]);
});

test('imports go only where the list allows', () => {
  const trespasses = imports.filter((one) => !isAllowed(one)).map(({ file, target }) => `${file} → ${target}`);
  expect(trespasses).toEqual([]);
});

test('no import cycles, not even of types', () => {
  const next = new Map<string, string[]>();
  for (const { file, target } of imports) next.set(file, [...(next.get(file) ?? []), target]);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file))
      cycles.push([...path.slice(path.indexOf(file)), file].map((name) => relative('.', name)).join(' → '));
    if (path.includes(file) || done.has(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of sourceFiles) visit(file, []);
  expect(cycles).toEqual([]);
});

test('only a store writes SQL about events, and only express code lives in http', () => {
  const texts = sourceFiles.map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
  const sql = texts
    .filter(({ file, text }) => !file.startsWith('server/store/') && /\bFROM events\b/.test(text))
    .map(({ file }) => file);
  const express = texts
    .filter(({ file, text }) => !file.startsWith('server/http/') && /from 'express'/.test(text))
    .map(({ file }) => file);
  expect({ sql, express }).toEqual({ sql: [], express: [] });
});
