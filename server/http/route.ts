import type { Request, RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import type * as z from 'zod';
import type { Endpoint } from '#shared/api/endpoint.ts';
import { invalid } from './problem.ts';

/** A request after validation. */
export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Aborts when the client goes away before it has its answer. */
  readonly signal: AbortSignal;
}

/** An endpoint with what answers it. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly answer: (request: Request, signal: AbortSignal) => Promise<unknown>;
}

/** Binds an endpoint to its handler; the handler's types are those of the endpoint's schemas. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<R>> | z.input<R>,
): Route {
  return {
    endpoint,
    async answer(request, signal) {
      const params = checked('params', endpoint.params, request.params);
      const query = checked('query', endpoint.query, request.query);
      const body = checked('body', endpoint.body, request.body ?? {});
      return handle({ params, query, body, signal });
    },
  };
}

/** A part of a request as its schema reads it; refuses one that does not fit. */
export function checked<Schema extends z.ZodType>(part: string, schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw invalid(part, parsed.error, raw);
  return parsed.data;
}

export interface RouteOptions {
  readonly log: Logger;
  /** Whether an answer that breaks its schema fails the request (tests) or is only logged. */
  readonly strictAnswers: boolean;
}

/** Hangs routes into a router; earlier ones win where paths overlap. */
export function mount(router: Router, routes: readonly Route[], options: RouteOptions): void {
  for (const one of routes) {
    const method = one.endpoint.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    router[method](one.endpoint.path, handlerOf(one, options));
  }
}

const handlerOf =
  ({ endpoint, answer }: Route, { log, strictAnswers }: RouteOptions): RequestHandler =>
  async (request, response) => {
    const controller = new AbortController();
    response.once('close', () => controller.abort());
    const value = await answer(request, controller.signal);
    const parsed = endpoint.response.safeParse(value);
    if (!parsed.success) {
      if (strictAnswers) throw new Error(`${endpoint.method} ${endpoint.path} answers ${parsed.error.message}`);
      log.error(
        { path: endpoint.path, issues: parsed.error.issues.map((issue) => issue.path) },
        'answer breaks its schema',
      );
    }
    if (!response.destroyed) response.json(parsed.success ? parsed.data : value);
  };
