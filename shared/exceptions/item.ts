import { z } from 'zod';

export const operatorSchema = z.enum(['included', 'excluded']);

const entryFields = { field: z.string().min(1).max(256), operator: operatorSchema };
const value = z.string().min(1).max(8192);

const matchSchema = z.object({ type: z.literal('match'), ...entryFields, value });
const matchAnySchema = z.object({
  type: z.literal('match_any'),
  ...entryFields,
  value: z.array(value).min(1).max(1000),
});
const existsSchema = z.object({ type: z.literal('exists'), ...entryFields });

/**
 * One condition of an exception, as Kibana stores it (elastic/kibana `kbn-securitysolution-exceptions-common/api/model`):
 * `match` whole value; `match_any` one of; `wildcard` with `*` and `?`, escaped by a backslash; `exists`. `excluded`
 * negates, and holds for an absent field.
 */
export const entrySchema = z.discriminatedUnion('type', [
  matchSchema,
  matchAnySchema,
  z.object({ type: z.literal('wildcard'), ...entryFields, value }),
  existsSchema,
]);
export type ExceptionEntry = z.infer<typeof entrySchema>;

/** What the values of a list are: texts, addresses, or networks and stretches of addresses (`a-b`). */
export const listTypeSchema = z.enum(['keyword', 'ip', 'ip_range']);
export type ListType = z.infer<typeof listTypeSchema>;

/** Whether a value of the field is in a list that is kept elsewhere. */
const listEntrySchema = z.object({
  type: z.literal('list'),
  ...entryFields,
  list: z.object({ id: z.string().min(1), type: listTypeSchema }),
});
export type ListEntry = z.infer<typeof listEntrySchema>;

/** One object of a nested field meets all of these; names are seen from the object. */
const nestedEntrySchema = z.object({
  type: z.literal('nested'),
  field: entryFields.field,
  entries: z
    .array(z.discriminatedUnion('type', [matchSchema, matchAnySchema, existsSchema]))
    .min(1)
    .max(50),
});
export type NestedEntry = z.infer<typeof nestedEntrySchema>;

/** Every kind of entry that Kibana exports, beyond those that the form here writes. */
export const anyEntrySchema = z.discriminatedUnion('type', [
  ...entrySchema.options,
  listEntrySchema,
  nestedEntrySchema,
]);
export type AnyEntry = z.infer<typeof anyEntrySchema>;

/** The operating systems that an item is for; none: all. */
export const osTypeSchema = z.enum(['linux', 'macos', 'windows']);
export type OsType = z.infer<typeof osTypeSchema>;

/**
 * Where an exception acts: on source events before anything is counted, as Elastic does, or on the rule's result rows.
 */
export const stageSchema = z.enum(['event', 'result']);
export type ExceptionStage = z.infer<typeof stageSchema>;

/** What a lead writes. Entries are AND-ed; items of a rule are OR-ed. */
export const exceptionDraftSchema = z.object({
  rule: z.string().min(1),
  name: z.string().trim().min(1).max(200),
  /** Why this may be left out: required, kept with every change. */
  reason: z.string().trim().min(1).max(2000),
  stage: stageSchema,
  entries: z.array(entrySchema).min(1).max(50),
  enabled: z.boolean(),
  /** ISO 8601; null: never. */
  expiresAt: z.string().nullable(),
  /** Alert and guide step it came from. */
  origin: z.object({ alert: z.string(), step: z.string().nullable() }).nullable(),
});
export type ExceptionDraft = z.infer<typeof exceptionDraftSchema>;

export const exceptionSchema = exceptionDraftSchema.extend({
  id: z.string(),
  version: z.number().int(),
  createdAt: z.string(),
  createdBy: z.string(),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
export type Exception = z.infer<typeof exceptionSchema>;
