import * as z from 'zod';
import { positionAt } from '#shared/base/diagnostic.ts';
import { objectProblemText } from '#shared/base/json.ts';
import { jsonDocuments } from '#shared/base/json-documents.ts';
import { misfitOf } from '#shared/base/misfit.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import { formatInstant, parseInstant } from '#shared/base/time.ts';
import {
  anyEntrySchema,
  type Exception,
  type ExceptionComment,
  type ExceptionDraft,
  type ExceptionListDraft,
  exceptionCaseSchema,
  exceptionListTypeSchema,
  NO_REASON,
  osTypeSchema,
  stageSchema,
} from './item.ts';

/** An item as a file has it: a draft without the rule, which its list tells. */
export interface ImportedItem {
  readonly itemId: string;
  readonly listId: string;
  readonly draft: Omit<ExceptionDraft, 'rule' | 'list'>;
  readonly comments: readonly Omit<ExceptionComment, 'id'>[];
  readonly meta: Exception['meta'];
}

/** What is wrong with a line; ids as far as it has them. */
export interface LineProblem {
  readonly line: number;
  readonly message: string;
  readonly listId?: string;
  readonly itemId?: string;
}

export interface KibanaLists {
  readonly lists: readonly { readonly line: number; readonly list: ExceptionListDraft }[];
  readonly items: readonly { readonly line: number; readonly item: ImportedItem }[];
  /** Ids of rules (`rule_id`) that a list is attached to, by rules that stand in the same file. */
  readonly attached: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly LineProblem[];
}

/** What Kibana has no place for goes into `meta`, which it keeps. */
const oursSchema = z.object({
  oddspawn: z.object({
    stage: stageSchema.default('event'),
    enabled: z.boolean().default(true),
    origin: z.object({ alert: z.string(), step: z.string().nullable() }).nullable().default(null),
    cases: z.array(exceptionCaseSchema).default([]),
    rules: z.array(z.string()).default([]),
  }),
});
const NONE = oursSchema.parse({ oddspawn: {} });

const metaSchema = z.record(z.string(), z.unknown()).nullish();
const commentSchema = z.object({ comment: z.string(), created_at: z.string(), created_by: z.string() });

const itemSchema = z.object({
  item_id: z.string().min(1),
  list_id: z.string().min(1),
  type: z.literal('simple'),
  name: z.string().min(1).max(200),
  description: z.string().default(''),
  entries: z.array(anyEntrySchema).min(1).max(50),
  os_types: z.array(osTypeSchema).default([]),
  tags: z.array(z.string()).default([]),
  comments: z.array(commentSchema).default([]),
  expire_time: z.string().nullish(),
  meta: metaSchema,
});

const listSchema = z.object({
  list_id: z.string().min(1),
  type: exceptionListTypeSchema,
  name: z.string().min(1).max(200),
  description: z.string().default(''),
  namespace_type: z.enum(['single', 'agnostic']).default('single'),
  os_types: z.array(osTypeSchema).default([]),
  tags: z.array(z.string()).default([]),
  meta: metaSchema,
});

const ruleSchema = z.object({
  rule_id: z.string(),
  exceptions_list: z.array(z.object({ list_id: z.string() })).catch([]),
});

/**
 * Lists and items of an export of Kibana, one JSON object a line: of lists, or of rules with theirs (elastic/kibana
 * `lists/server/services/exception_lists/export_exception_list_and_items`, `detection_engine/rule_management/logic/export`).
 * Items have a `list_id` too: `item_id` tells them. Lines of rules say which lists they use; summaries and connectors say nothing.
 */
export function readKibanaLists(text: string): KibanaLists {
  const lists: { line: number; list: ExceptionListDraft }[] = [];
  const items: { line: number; item: ImportedItem }[] = [];
  const attached = new Map<string, string[]>();
  const problems: LineProblem[] = [];
  for (const { line, text: written, object } of jsonDocuments(text)) {
    if (!object.ok) {
      const place = positionAt(written, object.error.offset);
      const message = objectProblemText(object.error, ` at column ${place.column}`);
      problems.push({ line: line + place.line - 1, message });
      continue;
    }
    const document = object.value;
    if ('item_id' in document) {
      const item = readItem(document);
      if (item.ok) items.push({ line, item: item.value });
      else problems.push({ line, ...item.error, ...idsOf(document) });
    } else if ('rule_id' in document) {
      const rule = ruleSchema.safeParse(document);
      for (const { list_id } of rule.success ? rule.data.exceptions_list : []) {
        attached.set(list_id, [...(attached.get(list_id) ?? []), rule.success ? rule.data.rule_id : '']);
      }
    } else if ('list_id' in document) {
      const list = listSchema.safeParse(document);
      if (list.success) lists.push({ line, list: listOf(list.data) });
      else problems.push({ line, message: messageOf(list.error, document), ...idsOf(document) });
    }
  }
  return { lists, items, attached, problems };
}

const idsSchema = z.object({
  list_id: z.string().optional().catch(undefined),
  item_id: z.string().optional().catch(undefined),
});

function idsOf(document: object): Pick<LineProblem, 'listId' | 'itemId'> {
  const { list_id, item_id } = idsSchema.parse(document);
  return { ...(list_id !== undefined && { listId: list_id }), ...(item_id !== undefined && { itemId: item_id }) };
}

/** The first thing that keeps a line from being read. */
function messageOf(error: z.ZodError, document: object): string {
  const [issue] = error.issues;
  if (!issue) return 'This line cannot be read.';
  const { path, words } = misfitOf(issue, document);
  return `${path} ${words}.`;
}

/** `meta` without what is ours in it; null where nothing else is. */
function othersIn(meta: z.infer<typeof metaSchema>): Exception['meta'] {
  if (!meta) return null;
  const { oddspawn, ...others } = meta;
  return oddspawn !== undefined && Object.keys(others).length === 0 ? null : others;
}

function oursIn(meta: z.infer<typeof metaSchema>) {
  const ours = oursSchema.safeParse(meta);
  return (ours.success ? ours.data : NONE).oddspawn;
}

function readItem(document: object): Result<ImportedItem, { message: string }> {
  const read = itemSchema.safeParse(document);
  if (!read.success) return fail({ message: messageOf(read.error, document) });
  const { data } = read;
  const expiry = data.expire_time ? parseInstant(data.expire_time) : null;
  if (data.expire_time && expiry === null) return fail({ message: `expire_time: ${data.expire_time} is not a time.` });
  const { stage, enabled, origin, cases } = oursIn(data.meta);
  return succeed({
    itemId: data.item_id,
    listId: data.list_id,
    draft: {
      name: data.name.trim(),
      reason: data.description.trim() || NO_REASON,
      stage,
      entries: data.entries,
      osTypes: data.os_types,
      tags: data.tags,
      enabled,
      expiresAt: expiry === null ? null : formatInstant(expiry),
      origin,
      cases,
    },
    comments: data.comments.map(({ comment, created_at, created_by }) => ({
      text: comment,
      at: created_at,
      author: created_by,
    })),
    meta: othersIn(data.meta),
  });
}

const listOf = (data: z.infer<typeof listSchema>): ExceptionListDraft => ({
  id: data.list_id,
  name: data.name,
  description: data.description,
  type: data.type,
  namespace: data.namespace_type,
  osTypes: data.os_types,
  tags: data.tags,
  meta: othersIn(data.meta),
  rules: oursIn(data.meta).rules,
});
