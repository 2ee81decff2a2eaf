import * as z from 'zod';
import { endpoint, idParams } from './endpoint.ts';

/** Largest file that may be sent, in characters. */
export const LARGEST_IMPORT = 15_000_000;

export const exportExceptions = endpoint({
  method: 'GET',
  path: '/api/exceptions/export',
  summary: "Lists and items in Kibana's NDJSON",
  query: z.object({
    expired: z.enum(['include', 'omit']).default('include'),
    /** The rules as well, as Kibana exports rules with their exceptions. */
    rules: z.enum(['include', 'omit']).default('omit'),
  }),
  response: z.object({
    text: z.string(),
    /** What Kibana would do differently: items on results, and switched off ones. */
    notes: z.array(z.string()),
  }),
});

const importErrorSchema = z.object({
  error: z.object({ status_code: z.number().int(), message: z.string() }),
  line: z.number().int(),
  list_id: z.string().optional(),
  item_id: z.string().optional(),
});

const importLineSchema = z.object({
  line: z.number().int(),
  kind: z.enum(['list', 'item']),
  name: z.string(),
  outcome: z.enum(['added', 'replaced', 'refused']),
  /** Why it is refused, or kept switched off; where it goes. */
  detail: z.string(),
});
export type ImportLine = z.infer<typeof importLineSchema>;

export const importFile = endpoint({
  method: 'POST',
  path: '/api/import',
  summary: "Take in rules, exception lists and exceptions of one file: Kibana's NDJSON, or a rule in Elastic's TOML",
  body: z.object({
    text: z.string().min(1).max(LARGEST_IMPORT),
    /** The rules that are wanted, by the lines at which they begin; see `checkRuleText`. */
    rules: z.array(z.number().int()).max(10_000).default([]),
    overwrite: z.boolean().default(false),
    /** Lists and items get fresh ids, beside what is there. */
    asNewList: z.boolean().default(false),
    /** Changes nothing: says what it would do. */
    dryRun: z.boolean().default(false),
  }),
  response: z.object({
    errors: z.array(importErrorSchema),
    success: z.boolean(),
    success_count: z.number().int(),
    success_exception_lists: z.boolean(),
    success_count_exception_lists: z.number().int(),
    success_exception_list_items: z.boolean(),
    success_count_exception_list_items: z.number().int(),
    /** Items taken in that cannot be applied as they stand, and why: they are switched off. */
    unusable: z.array(z.object({ item_id: z.string(), name: z.string(), reasons: z.array(z.string()) })),
    /** Slugs of the rules that were added. */
    added: z.array(z.string()),
    /** What becomes of each line that is a list or an item, in their order. */
    lines: z.array(importLineSchema),
    /** Token that puts back what was there; null where nothing was taken in. */
    undo: z.string().nullable(),
  }),
});
export type ImportError = z.infer<typeof importErrorSchema>;

export const undoImport = endpoint({
  method: 'POST',
  path: '/api/imports/:id/undo',
  summary: 'Put back what an import added or replaced, as far as nobody has changed it since',
  params: idParams,
  response: z.object({ restored: z.number().int(), skipped: z.number().int() }),
});

export const exceptionFragments = endpoint({
  method: 'GET',
  path: '/api/exceptions/fragments',
  summary: "A rule's exceptions as conditions to put behind its query, in KQL and ES|QL",
  query: z.object({ rule: z.string().min(1) }),
  response: z.object({
    kql: z.string(),
    esql: z.string(),
    /** What a language cannot say. */
    refused: z.array(z.object({ language: z.enum(['kql', 'esql']), name: z.string(), message: z.string() })),
  }),
});
