import { readdirSync, readFileSync } from 'node:fs';
import { parse, type ScalarTag } from 'yaml';
import * as z from 'zod';
import { written } from '#shared/evaluate/generate/json.ts';
import { catalogueOf, FIELD_TYPES, type Field, type FieldCatalogue } from '#shared/event/field.ts';
import { anyEntrySchema, osTypeSchema } from '#shared/exceptions/item.ts';

/**
 * Conformance cases: one statement of the languages' semantics each, as data, for every engine and the command line. A file
 * holds documents, the fields' types and the questions asked of them; a document's name is its `event.id`.
 */
const leafTypeSchema = z.enum(FIELD_TYPES).exclude(['nested']);
const leafSchema = z.union([
  leafTypeSchema.transform((type) => ({ type })),
  z.strictObject({
    type: leafTypeSchema,
    ignoreAbove: z.number().optional(),
    caseless: z.literal(true).optional(),
    caselessIgnoreAbove: z.number().optional(),
    text: z.literal(true).optional(),
    keyed: z.literal(true).optional(),
  }),
]);
type Leaf = z.infer<typeof leafSchema>;

/** Members that are given: a field has no member that is undefined. */
const fieldFrom = (name: string, field: Leaf | Nested): Field => {
  const given = Object.fromEntries(Object.entries(field).filter(([, value]) => value !== undefined));
  return { name, type: field.type, ...given };
};
interface Nested {
  readonly type: 'nested';
  readonly fields: readonly Field[];
}
const nestedSchema: z.ZodType<Nested> = z
  .strictObject({
    type: z.literal('nested'),
    fields: z.record(
      z.string(),
      z.lazy(() => fieldSchema),
    ),
  })
  .transform(({ type, fields }) => ({
    type,
    fields: Object.entries(fields).map(([name, field]): Field => fieldFrom(name, field)),
  }));
const fieldSchema = z.union([leafSchema, nestedSchema]);

const shared = {
  /** Why it is so, where that surprises; names what the reference leaves open. */
  because: z.string().optional(),
  /** What `now` is, where it is not the file's. */
  now: z.string().optional(),
  /** `line:column message` of each error; then there is no answer. */
  errors: z.array(z.string()).optional(),
  /** Codes of the warnings on the query. */
  warnings: z.array(z.string()).default([]),
};
const kqlCase = z.strictObject({
  ...shared,
  kql: z.string(),
  /** Names of the documents that match. */
  matches: z.array(z.string()).optional(),
});
const exceptionCase = z.strictObject({
  ...shared,
  /** Entries of an exception that acts on events. */
  exception: z.array(anyEntrySchema).min(1),
  osTypes: z.array(osTypeSchema).default([]),
  lists: z.record(z.string(), z.array(z.string())).default({}),
  /** Names of the documents that it holds for. */
  matches: z.array(z.string()).optional(),
});
const esqlCase = z.strictObject({
  ...shared,
  esql: z.string(),
  /** Rows in order, columns in order; datetimes as ISO text, longs beyond 2^53 as text. */
  rows: z.array(z.record(z.string(), z.unknown())).optional(),
  /** The rows are these in any order: the query does not sort. */
  unordered: z.array(z.record(z.string(), z.unknown())).optional(),
  /** What evaluation warned of, with the number of rows: `2 x message`. */
  evaluation: z.array(z.string()).default([]),
});
const caseSchema = z.union([kqlCase, esqlCase, exceptionCase]);

const fileSchema = z.strictObject({
  about: z.string(),
  now: z.string().default('2026-11-22T01:00:00Z'),
  fields: z.record(z.string(), fieldSchema),
  documents: z.record(z.string(), z.record(z.string(), z.unknown())),
  cases: z.array(caseSchema).min(1),
});

export type ConformanceCase = z.infer<typeof caseSchema>;
export type EsqlCase = z.infer<typeof esqlCase>;
export type ExceptionCase = z.infer<typeof exceptionCase>;
export interface ConformanceFile extends z.infer<typeof fileSchema> {
  readonly name: string;
}

const folder = new URL('cases/', import.meta.url);

/** `!number 1.50` stands in the record just so. */
const NUMBER: ScalarTag = { tag: '!number', resolve: written };

export const conformanceFiles = (): readonly ConformanceFile[] =>
  readdirSync(folder).map((name) => {
    const read = fileSchema.safeParse(parse(readFileSync(new URL(name, folder), 'utf8'), { customTags: [NUMBER] }));
    if (!read.success) throw new Error(`${name}: ${z.prettifyError(read.error)}`);
    return { name, ...read.data };
  });

/** The query of a case; of an exception its entries. */
export const queryOf = (item: ConformanceCase): string =>
  'kql' in item ? item.kql : 'esql' in item ? item.esql : JSON.stringify(item.exception);

/** The documents as records, each with its name for `event.id`. */
export const recordsOf = ({ documents }: ConformanceFile): readonly object[] =>
  Object.entries(documents).map(([name, document]) => ({ 'event.id': name, ...document }));

/**
 * The fields of a file, with `event.id`.
 * @param many whether every field is stored as a list: the other way in which an engine may keep several values
 */
export function catalogueOfFile({ fields }: ConformanceFile, many: boolean): FieldCatalogue {
  const listed = Object.entries(fields).map(
    ([name, field]): Field => ({
      ...fieldFrom(name, field),
      ...(many && { many }),
    }),
  );
  return catalogueOf([{ name: 'event.id', type: 'keyword' }, ...listed]);
}
