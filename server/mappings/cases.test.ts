import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reject } from '#server/store/event-store.ts';
import { mapFile } from './map-file.ts';
import { MAPPINGS } from './registry.ts';
import { SOURCES } from './sources.ts';

const CASES = join(import.meta.dirname, 'cases');

/** `ODDSPAWN_CASES=write` writes what comes out as what is expected: to be read before it is committed. */
const IS_WRITING = process.env['ODDSPAWN_CASES'] === 'write';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oddspawn-cases-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const inputs = readdirSync(CASES, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(^|\/)input\.\w+$/.test(name))
  .toSorted();

interface Outcome {
  readonly source: string;
  readonly skipped: Readonly<Record<string, number>>;
  readonly rejects: readonly { readonly line: number; readonly reason: string }[];
  readonly events: readonly unknown[];
}

async function outcomeOf(input: string): Promise<Outcome> {
  const rejects: Reject[] = [];
  const work = mkdtempSync(join(folder, 'case-'));
  const file = await mapFile(join(CASES, input), { folder: work, host: 'file', onReject: (one) => rejects.push(one) });
  const lines = readFileSync(join(CASES, input), 'utf8').split('\n');
  const events = readFileSync(file.path, 'utf8').split('\n').filter(Boolean);
  return {
    source: file.source.name,
    skipped: Object.fromEntries(file.mapped?.skipped ?? []),
    rejects: rejects.map(({ line, reason }) => ({ line, reason: reason.replace(/(invalid JSON).*/, '$1') })),
    events: events.map((text) => withoutOriginal(JSON.parse(text), lines)),
  };
}

/** The lines that it came as are those of the input; they are not written a second time. */
function withoutOriginal(document: { event?: { original?: string } }, lines: readonly string[]): unknown {
  const original = document.event?.original;
  if (original === undefined) return document;
  const isPretty = lines.some((line) => line.trim() === '{');
  if (!isPretty) for (const line of original.split('\n')) expect(lines).toContain(line);
  return { ...document, event: { ...document.event, original: undefined } };
}

describe('records of each source become these documents', () => {
  test.each(inputs)('%s', async (input) => {
    const { events, ...summary } = await outcomeOf(input);
    const outcome = [summary, ...events].map((line) => JSON.stringify(line));
    const expected = join(CASES, dirname(input), 'expected.ndjson');
    if (IS_WRITING) writeFileSync(expected, `${outcome.join('\n')}\n`);
    const parsed = (lines: readonly string[]): unknown => lines.map((line) => JSON.parse(line));
    expect(parsed(outcome)).toEqual(parsed(readFileSync(expected, 'utf8').trimEnd().split('\n')));
  });
});

test('every source has a case, and can be asked for by its name', () => {
  const covered = new Set(inputs.map((name) => name.split('/')[0]));
  const names = MAPPINGS.map(({ name }) => name);
  expect(names.filter((name) => name !== 'ecs' && !covered.has(name))).toEqual([]);
  expect([...SOURCES].toSorted()).toEqual(names.toSorted());
});
