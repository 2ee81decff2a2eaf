import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { must } from '#shared/base/assert.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { widen } from '#shared/event/widen.ts';
import { compileEsql } from './esql/compile.ts';
import { completeEsql, proposeEsqlValue } from './esql/complete/complete.ts';
import { compileKql } from './kql/compile.ts';
import { completeKql, proposeKqlValue } from './kql/complete.ts';

/** Stands in a case for the caret. */
const CARET = '‸';

const caseSchema = z.strictObject({
  /** The text, with the caret in it. */
  at: z.string(),
  because: z.string().optional(),
  /** Labels that come first, in this order. */
  first: z.array(z.string()).optional(),
  /** All labels. */
  exactly: z.array(z.string()).optional(),
  includes: z.array(z.string()).default([]),
  excludes: z.array(z.string()).default([]),
  /** What stands beside a label: a type. */
  details: z.record(z.string(), z.string()).default({}),
  /** The field whose values are asked for, and what they begin with. */
  values: z.strictObject({ field: z.string(), prefix: z.string() }).nullable().optional(),
  /** Taking the proposal of this label gives this text. */
  take: z.string().optional(),
  /** Taking this value seen in the data gives this text. */
  seen: z.string().optional(),
  gives: z.string().optional(),
});

/** With lists of objects, one in the objects of the other. */
const CATALOGUE = widen(ECS_PROCESS, [
  ...['email.attachments.file.name', 'email.attachments.file.size'],
  'email.attachments.file.pe.sections.entropy',
]);

const SERVICES = {
  kql: { complete: completeKql, propose: proposeKqlValue },
  esql: { complete: completeEsql, propose: proposeEsqlValue },
} as const;

for (const language of ['kql', 'esql'] as const) {
  const { complete, propose } = SERVICES[language];
  const file = readFileSync(new URL(`completion-cases/${language}.yaml`, import.meta.url), 'utf8');
  for (const one of z.array(caseSchema).parse(parse(file))) {
    test(`${language}: ${one.at}`, () => {
      const text = one.at.replace(CARET, '');
      const completion = complete(text, one.at.indexOf(CARET), CATALOGUE);
      const labels = completion?.proposals.map(({ label }) => label) ?? [];
      if (one.exactly) expect(labels).toEqual(one.exactly);
      if (one.first) expect(labels.slice(0, one.first.length)).toEqual(one.first);
      for (const label of one.includes) expect(labels).toContain(label);
      for (const label of one.excludes) expect(labels).not.toContain(label);
      for (const [label, detail] of Object.entries(one.details)) {
        expect(completion?.proposals.find((proposal) => proposal.label === label)?.detail).toBe(detail);
      }
      if (one.values !== undefined) expect(completion?.values ?? null).toEqual(one.values);
      if (one.gives === undefined) return;
      const { from, to, proposals, values } = must(completion, 'completion');
      const taken =
        one.seen === undefined
          ? must(
              proposals.find(({ label }) => label === one.take),
              `proposal ${one.take}`,
            )
          : propose(must(values, 'values'), one.seen, 1, ECS_PROCESS);
      const caret = taken.caret ?? taken.insert.length;
      const insert = taken.insert.slice(0, caret) + CARET + taken.insert.slice(caret);
      expect(text.slice(0, from) + insert + text.slice(to)).toBe(one.gives);
    });
  }
}

test('no text and no place in it makes completion fail', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'process.name',
      ':',
      '(',
      ')',
      '"',
      ' and ',
      ' not ',
      'FROM x ',
      '| ',
      'WHERE ',
      'STATS ',
      '`',
      '//',
    ),
    fc.constantFrom('"a', '== ', 'IN (', 'BY ', '{', '}', '*', '\\', '/*', '"""', ', ', '= ', 'COUNT(', '\n'),
    fc.string({ maxLength: 4 }),
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, fc.nat(), (written, place) => {
      const at = place % (written.length + 1);
      for (const { complete } of Object.values(SERVICES)) {
        const found = complete(written, at, ECS_PROCESS);
        if (found) expect(found.from <= at && at <= found.to && found.to <= written.length).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});

test('a value seen in the data can only ever mean itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (value) => {
      const wanted = { field: 'process.name', prefix: '' };
      const kql = compileKql(`process.name: ${proposeKqlValue(wanted, value, 1, ECS_PROCESS).insert}`, ECS_PROCESS);
      expect(kql.ok && kql.value.expression.kind).toBe('any');
      const literal = proposeEsqlValue(wanted, value, 1, ECS_PROCESS).insert;
      const esql = compileEsql(`FROM x | WHERE process.name == ${literal} | LIMIT 1`, ECS_PROCESS);
      expect(esql.ok && esql.value.plan.steps.map(({ kind }) => kind)).toEqual(['filter', 'limit']);
    }),
  );
});
