import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf } from '#shared/event/field.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { anyEntrySchema, osTypeSchema, stageSchema } from '../item.ts';
import { lintAmong } from './lint-among.ts';
import { lintEffect } from './lint-effect.ts';
import { lintException } from './lint-exception.ts';

const NOW = Date.UTC(2026, 10, 22);
const columns: readonly ResultColumn[] = [
  { name: 'cc', type: 'long' },
  { name: 'host.name', type: 'string' },
  { name: 'process.command_line', type: 'string' },
];

const item = {
  stage: stageSchema.default('event'),
  entries: z.array(anyEntrySchema),
  osTypes: z.array(osTypeSchema).default([]),
  expiresAt: z.string().nullable().default(null),
};
const caseSchema = z.strictObject({
  name: z.string(),
  ...item,
  reason: z.string().optional(),
  /** Of the rule. */
  groupingKeys: z.array(z.string()).nullable().default(null),
  /** Lists of objects that the fields have besides, with the fields of an object. */
  nested: z.record(z.string(), z.array(z.string())).default({}),
  among: z.array(z.strictObject({ name: z.string(), ...item })).default([]),
  counts: z
    .strictObject({
      ruleEvents: z.number(),
      matchedEvents: z.number(),
      entries: z.array(
        z.strictObject({
          events: z.number(),
          otherwise: z.strictObject({ present: z.number(), caseless: z.number() }).optional(),
        }),
      ),
    })
    .optional(),
  /** Codes, with the number of the condition where a finding is about one. */
  finds: z.array(z.string()),
});

const folder = new URL('./cases/', import.meta.url);
const files = readdirSync(folder).map((name) => ({
  code: name.replace('.yaml', ''),
  cases: z.array(caseSchema).parse(parse(readFileSync(new URL(name, folder), 'utf8'))),
}));

test.each(files)('$code is found, and only where it should be', ({ code, cases }) => {
  for (const { name, reason, groupingKeys, nested, among, counts, finds, ...draft } of cases) {
    const lists = Object.entries(nested).map(([field, names]) => ({
      ...{ name: field, type: 'nested' as const },
      fields: names.map((one) => ({ name: one, type: 'keyword' as const })),
    }));
    const catalogue = catalogueOf([...ECS_PROCESS.fields, ...lists]);
    const found = [
      ...lintException({ ...draft, ...(reason !== undefined && { reason }) }, { catalogue, columns, groupingKeys }),
      ...lintAmong(draft, among, NOW),
      ...(counts
        ? lintEffect(draft, {
            ...counts,
            entries: counts.entries.map(({ events, otherwise }) => ({ events, ...(otherwise && { otherwise }) })),
          })
        : []),
    ];
    const said = found.map((finding) => ('entry' in finding ? `${finding.code} at ${finding.entry}` : finding.code));
    expect(said, name).toEqual(finds);
    expect(
      found.every(({ message, remedy }) => message !== '' && (remedy ?? '') !== ''),
      `${name} comes with a remedy`,
    ).toBe(true);
  }
  expect(cases.some(({ finds }) => finds.some((find) => find.split(' at ')[0] === code))).toBe(true);
});

test('every finding that can be made has its cases', () => {
  const sources = readdirSync(new URL('.', import.meta.url)).filter((name) => /^lint-[a-z]+\.ts$/.test(name));
  const codes = sources.flatMap((name) =>
    [...readFileSync(new URL(name, import.meta.url), 'utf8').matchAll(/(?:warning|error)\(\s*'([a-z-]+)'/g)].map(
      ([, code]) => code,
    ),
  );
  const known = new Set(files.map(({ code }) => code));
  expect(codes.length).toBeGreaterThan(15);
  expect(codes.filter((code) => !known.has(code ?? ''))).toEqual([]);
});

test('an unknown field comes with near names', () => {
  const entries = [{ type: 'match', field: 'proces.name', operator: 'included', value: 'sh' }] as const;
  const context = { catalogue: ECS_PROCESS, columns, groupingKeys: null };
  const [diagnostic] = lintException({ stage: 'event', entries }, context);
  expect(diagnostic).toMatchObject({ severity: 'error', remedy: expect.stringMatching(/^Did you mean process\.name/) });
});
