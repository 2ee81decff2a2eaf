import * as z from 'zod';

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

/** Events that must keep alerting, as those of a rule's own cases. */
export const exceptionCaseSchema = z.object({
  name: z.string().trim().min(1).max(200),
  /** ISO 8601: the time of the run that sees them. */
  at: z.string(),
  events: z.array(z.record(z.string(), z.unknown())).min(1).max(100),
  /** Ids of the events of each alert. */
  alerts: z.array(z.array(z.string())),
});
export type ExceptionCase = z.infer<typeof exceptionCaseSchema>;

/** Stands where an imported item says nothing. */
export const NO_REASON = 'It was imported without a description.';

export const tagsSchema = z.array(z.string().trim().min(1).max(100)).max(50);

/** What a lead writes. Entries are AND-ed; items of a rule are OR-ed. */
const draftSchema = z.object({
  /** Slug of the only rule it is for; null: it stands in a shared list. */
  rule: z.string().min(1).nullable(),
  /** Id of the shared list it stands in, for all rules that the list is attached to. */
  list: z.string().min(1).nullable().default(null),
  name: z.string().trim().min(1).max(200),
  /** Why this may be left out: required, kept with every change. */
  reason: z.string().trim().min(1).max(2000),
  stage: stageSchema,
  entries: z.array(anyEntrySchema).min(1).max(50),
  osTypes: z.array(osTypeSchema).max(3).default([]),
  tags: tagsSchema.default([]),
  enabled: z.boolean(),
  /** ISO 8601; null: never. */
  expiresAt: z.string().nullable(),
  /** Alert and guide step it came from. */
  origin: z.object({ alert: z.string(), step: z.string().nullable() }).nullable(),
  /** What it must never hide. */
  cases: z.array(exceptionCaseSchema).max(20).default([]),
});

export const exceptionDraftSchema = draftSchema.refine(({ rule, list }) => (rule === null) !== (list === null), {
  path: ['rule'],
  message: 'An exception is for one rule, or stands in one shared list.',
});
export type ExceptionDraft = z.infer<typeof draftSchema>;
/** A draft as it is sent: what has a default may be absent. */
export type ExceptionInput = z.input<typeof draftSchema>;

/** Draft and more: one request. */
export const draftWith = <More extends z.ZodRawShape>(more: More) => draftSchema.extend(more);

export const commentSchema = z.object({
  id: z.string(),
  at: z.string(),
  author: z.string(),
  text: z.string().trim().min(1).max(2000),
});
export type ExceptionComment = z.infer<typeof commentSchema>;

export const exceptionSchema = draftSchema.extend({
  id: z.string(),
  /** Kibana's `item_id`: what an import knows it by. */
  itemId: z.string(),
  /** Kibana's `meta`, kept as it came. */
  meta: z.record(z.string(), z.unknown()).nullable(),
  comments: z.array(commentSchema),
  version: z.number().int(),
  createdAt: z.string(),
  createdBy: z.string(),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
export type Exception = z.infer<typeof exceptionSchema>;

/** What lists can be of: `detection` is shared, `rule_default` one rule's own, the others are of endpoints and never asked by rules. */
export const exceptionListTypeSchema = z.enum([
  'detection',
  'rule_default',
  'endpoint',
  'endpoint_trusted_apps',
  'endpoint_trusted_devices',
  'endpoint_events',
  'endpoint_host_isolation_exceptions',
  'endpoint_blocklists',
]);

export const listDraftSchema = z.object({
  /** Kibana's `list_id`. */
  id: z.string().trim().min(1).max(256),
  name: z.string().trim().min(1).max(200),
  description: z.string().max(2000),
  type: exceptionListTypeSchema.default('detection'),
  namespace: z.enum(['single', 'agnostic']).default('single'),
  osTypes: z.array(osTypeSchema).default([]),
  tags: tagsSchema.default([]),
  meta: z.record(z.string(), z.unknown()).nullable().default(null),
  /** Slugs of the rules it is attached to. */
  rules: z.array(z.string().min(1)).max(1000).default([]),
});
export type ExceptionListDraft = z.infer<typeof listDraftSchema>;

export const exceptionListSchema = listDraftSchema.extend({
  version: z.number().int(),
  createdAt: z.string(),
  createdBy: z.string(),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
export type ExceptionList = z.infer<typeof exceptionListSchema>;

/** Values that `list` entries name, kept apart from the items. */
export const valueListSchema = z.object({
  id: z.string().trim().min(1).max(256),
  name: z.string().trim().min(1).max(200),
  type: listTypeSchema,
  values: z.array(z.string().min(1).max(8192)).max(65_536),
  version: z.number().int(),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
export type ValueList = z.infer<typeof valueListSchema>;
