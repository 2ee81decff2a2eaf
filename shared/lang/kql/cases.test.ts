import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { must } from '#shared/base/assert.ts';
import { parseInstant } from '#shared/base/time.ts';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { flatten } from '#shared/event/document.ts';
import { catalogueOf, FIELD_TYPES, type Field, type FieldCatalogue } from '#shared/event/field.ts';
import { compileKql } from './compile.ts';

const typeSchema = z.enum(FIELD_TYPES).exclude(['nested']);
const leafSchema = z.union([
  typeSchema.transform((type) => ({ type })),
  z.strictObject({
    type: typeSchema,
    ignoreAbove: z.number().optional(),
    caseless: z.literal(true).optional(),
    text: z.literal(true).optional(),
    keyed: z.literal(true).optional(),
  }),
]);
const named = (fields: Readonly<Record<string, object>>): readonly Field[] =>
  Object.entries(fields).map(([name, field]) => ({ name, ...field }) as Field);
const nestedSchema = z
  .strictObject({ type: z.literal('nested'), fields: z.record(z.string(), leafSchema) })
  .transform(({ type, fields }) => ({ type, fields: named(fields) }));
const fieldSchema = z.union([leafSchema, nestedSchema]);
const caseSchema = z.strictObject({
  query: z.string(),
  /** Why it is so, where that surprises. */
  because: z.string().optional(),
  /** Names of the documents for which the query is true. */
  matches: z.array(z.string()).optional(),
  /** Codes of the warnings. */
  warnings: z.array(z.string()).default([]),
  /** Messages of the errors. */
  errors: z.array(z.string()).optional(),
  /** Where the first error stands. */
  at: z.number().optional(),
});
const fileSchema = z.strictObject({
  fields: z.record(z.string(), fieldSchema),
  documents: z.record(z.string(), z.unknown()),
  cases: z.array(caseSchema).min(1),
});
type Case = z.infer<typeof caseSchema>;

const NOW = must(parseInstant('2026-11-22T01:00:00Z'), 'instant');
const folder = new URL('cases/', import.meta.url);

for (const file of readdirSync(folder)) {
  const { fields, documents, cases } = fileSchema.parse(parse(readFileSync(new URL(file, folder), 'utf8')));
  const catalogue = catalogueOf(named(fields));
  test.each(cases.map((item) => [JSON.stringify(item.query), item] as const))(`${file}: %s`, (_, item) => {
    if (item.errors) expectErrors(item, catalogue);
    else expectMatches(item, catalogue, documents);
  });
}

function expectErrors({ query, errors, at }: Case, catalogue: FieldCatalogue): void {
  const compiled = compileKql(query, catalogue);
  expect(compiled.ok ? 'a query' : compiled.error.map(({ message }) => message)).toEqual(errors);
  if (!compiled.ok) expect(compiled.error[0]?.span?.from).toBe(at);
}

function expectMatches(
  { query, matches, warnings }: Case,
  catalogue: FieldCatalogue,
  documents: Record<string, unknown>,
) {
  const compiled = compileKql(query, catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  expect(compiled.value.warnings.map(({ code }) => code)).toEqual(warnings);
  const matched = Object.entries(documents).filter(
    ([, document]) => evaluateFilter(compiled.value.expression, flatten(document, catalogue), NOW) === true,
  );
  expect(matched.map(([name]) => name)).toEqual(matches);
}
