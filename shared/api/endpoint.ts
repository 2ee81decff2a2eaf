import * as z from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One request of the HTTP interface: the single source of its validation on the server, the types of the client and the
 * OpenAPI document. `:name` in a path is a member of `params`.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  readonly method: Method;
  readonly path: `/api/${string}`;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly response: Response;
}

const nothing = z.object({});

/** An endpoint with empty schemas where it takes nothing. */
export function endpoint<
  Response extends z.ZodType,
  Params extends z.ZodType = typeof nothing,
  Query extends z.ZodType = typeof nothing,
  Body extends z.ZodType = typeof nothing,
>(parts: {
  method: Method;
  path: `/api/${string}`;
  summary: string;
  response: Response;
  params?: Params;
  query?: Query;
  body?: Body;
}): Endpoint<Params, Query, Body, Response> {
  return {
    method: parts.method,
    path: parts.path,
    summary: parts.summary,
    response: parts.response,
    params: parts.params ?? (nothing as unknown as Params),
    query: parts.query ?? (nothing as unknown as Query),
    body: parts.body ?? (nothing as unknown as Body),
  };
}

/** Every error answer: RFC 9457 in spirit, `application/json`. */
export const problemSchema = z.object({
  /** Stable, kebab-case: `not-found`, `conflict`, `invalid-request`, `invalid-query`, `too-large`, `busy`, `internal`. */
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  /** Places in what was sent. */
  details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** Members of a query string that may be repeated. */
export const listParam = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((raw) => (raw === undefined ? [] : Array.isArray(raw) ? raw : [raw]), z.array(item));

export const idParams = z.object({ id: z.string().min(1).max(200) });
export const acknowledgedSchema = z.object({ ok: z.literal(true) });
