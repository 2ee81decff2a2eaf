import * as z from 'zod';
import { cellSchema } from '../alert/alert.ts';
import { acknowledgedSchema, endpoint, idParams, listParam } from './endpoint.ts';

export const queryLanguageSchema = z.enum(['kql', 'esql']);
const queryText = z.string().max(20_000);
const fieldName = z.string().min(1).max(256);

/** Most columns of a list of events. */
export const MOST_COLUMNS = 40;
/** Most rows of an answer; an export holds more. */
export const MOST_ROWS = 1000;
/** How deep a list of events can be paged. */
export const DEEPEST_ROW = 100_000;
/** Most rows of an export; ES|QL itself stops at 10,000. */
export const MOST_EXPORTED = 100_000;

const asked = z.object({
  language: queryLanguageSchema.default('kql'),
  query: queryText.default(''),
  from: z.string().optional(),
  to: z.string().optional(),
  /** KQL: the fields to show, in order. ES|QL says itself. */
  columns: listParam(fieldName).pipe(z.array(fieldName).max(MOST_COLUMNS)),
});

const resultColumn = z.object({ name: z.string(), type: z.string() });
export type SearchColumn = z.infer<typeof resultColumn>;

const resultRow = z.object({
  /** The event the row stands for; null for a row made of several, or of none. */
  id: z.string().nullable(),
  /** In the order of the columns; times as ISO 8601. */
  cells: z.array(cellSchema),
});
export type SearchRow = z.infer<typeof resultRow>;

export const search = endpoint({
  method: 'GET',
  path: '/api/search',
  summary: 'Events that a KQL query matches, newest first, or the rows of an ES|QL query',
  query: asked.extend({
    limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(200),
    offset: z.coerce.number().int().min(0).max(DEEPEST_ROW).default(0),
  }),
  response: z.object({
    columns: z.array(resultColumn),
    rows: z.array(resultRow),
    /** Events that match; of ES|QL the rows of its result. */
    total: z.number().int(),
    /** What of the result there is: `truncated` by the query's own or the default limit, `partial` by the engine's. */
    completeness: z.enum(['complete', 'truncated', 'partial']),
    /** What evaluation made null and why, with the number of rows. */
    warnings: z.array(z.object({ message: z.string(), rows: z.number().int() })),
    /** Events over time; of ES|QL those that its first conditions let through. */
    histogram: z.array(z.object({ at: z.string(), count: z.number().int() })),
    bucketMs: z.number(),
    tookMs: z.number(),
  }),
});

/** `GET`: the result as a file. Not JSON, so no endpoint: see `exportQuerySchema`. */
export const EXPORT_PATH = '/api/search/export';
export const exportQuerySchema = asked.extend({ format: z.enum(['csv', 'ndjson']) });
export type ExportQuery = z.output<typeof exportQuerySchema>;

const savedSearchDraft = z.object({
  name: z.string().trim().min(1).max(200),
  language: queryLanguageSchema,
  query: queryText,
  columns: z.array(fieldName).max(MOST_COLUMNS),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type SavedSearchDraft = z.infer<typeof savedSearchDraft>;

export const savedSearchSchema = savedSearchDraft.extend({
  id: z.string(),
  createdAt: z.string(),
  createdBy: z.string(),
});
export type SavedSearch = z.infer<typeof savedSearchSchema>;

export const listSearches = endpoint({
  method: 'GET',
  path: '/api/searches',
  summary: 'Saved searches by name',
  response: z.object({ searches: z.array(savedSearchSchema) }),
});

export const saveSearch = endpoint({
  method: 'POST',
  path: '/api/searches',
  summary: 'Keep a search under a name, for everyone',
  body: savedSearchDraft,
  response: savedSearchSchema,
});

export const renameSearch = endpoint({
  method: 'PATCH',
  path: '/api/searches/:id',
  summary: 'Give a saved search another name',
  params: idParams,
  body: savedSearchDraft.pick({ name: true }),
  response: savedSearchSchema,
});

export const deleteSearch = endpoint({
  method: 'DELETE',
  path: '/api/searches/:id',
  summary: 'Remove a saved search',
  params: idParams,
  response: acknowledgedSchema,
});
