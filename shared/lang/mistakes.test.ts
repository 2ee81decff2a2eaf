import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type Diagnostic, positionAt } from '#shared/base/diagnostic.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileEsql } from './esql/compile.ts';
import { compileKql } from './kql/compile.ts';

/** What a person is told of a query: where, what it is about, what is wrong and how to mend it. */
const toldSchema = z.array(
  z.strictObject({ at: z.string(), text: z.string().optional(), message: z.string(), remedy: z.string().optional() }),
);
const fileSchema = z
  .array(z.strictObject({ query: z.string(), refused: toldSchema.optional(), warned: toldSchema.optional() }))
  .min(30);

const LANGUAGES = { kql: compileKql, esql: compileEsql };

describe.each(['kql', 'esql'] as const)('%s', (language) => {
  const file = new URL(`mistakes/${language}.yaml`, import.meta.url);
  const cases = fileSchema.parse(parse(readFileSync(file, 'utf8')));
  test.each(cases.map((item) => [item.query, item] as const))('%s', (query, { refused, warned }) => {
    const compiled = LANGUAGES[language](query, ECS_PROCESS);
    const found = compiled.ok ? compiled.value.warnings : compiled.error;
    const told = found.filter(({ code }) => code !== 'no-limit').map((one) => toldOf(query, one));
    expect(compiled.ok).toBe(refused === undefined);
    expect(told).toEqual(refused ?? warned);
  });
});

function toldOf(query: string, { message, remedy, span }: Diagnostic): z.infer<typeof toldSchema>[number] {
  const place = span && positionAt(query, span.from);
  const text = span && query.slice(span.from, span.to);
  return {
    at: place ? `${place.line}:${place.column}` : 'nowhere',
    ...(text && { text }),
    message,
    ...(remedy !== undefined && { remedy }),
  };
}
