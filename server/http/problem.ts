import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import type * as z from 'zod';
import { Refusal, type RefusalCode } from '#server/refusal.ts';
import type { Problem } from '#shared/api/endpoint.ts';
import { jsonProblemText, parseJson } from '#shared/base/json.ts';
import { misfitOf } from '#shared/base/misfit.ts';

/** A refusal that only this layer makes, with its own status. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.message);
    this.status = status;
    this.problem = problem;
  }
}

const STATUS: Readonly<Record<RefusalCode, number>> = {
  'not-found': 404,
  conflict: 409,
  'invalid-request': 400,
  'invalid-query': 400,
  'too-large': 413,
  'no-space': 507,
  busy: 503,
};

/** What its schema says of a part of a request: `query`, `body`, `params`. */
export const invalid = (part: string, error: z.ZodError, given: unknown): HttpRefusal =>
  new HttpRefusal(400, {
    code: 'invalid-request',
    message: 'The request is not as this address expects it.',
    details: error.issues.map((issue) => {
      const { path, words } = misfitOf(issue, given);
      return { path: path === '' ? part : `${part}.${path}`, message: words };
    }),
  });

/** Errors of Express and its body parser carry a status and are made for the sender. */
function ownStatus(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}

/** The whole policy: what a failed request is answered with. Whatever is not a refusal is a bug or a broken machine. */
export function answerFor(error: unknown): { readonly status: number; readonly problem: Problem } {
  if (error instanceof HttpRefusal) return error;
  if (error instanceof Refusal) {
    const { code, message, remedy, details } = error;
    const more = { ...(remedy !== undefined && { remedy }), ...(details.length > 0 && { details: [...details] }) };
    return { status: STATUS[code], problem: { code, message, ...more } };
  }
  const status = ownStatus(error);
  if (status === 413) return { status, problem: { code: 'too-large', message: 'The request is too large.' } };
  if (status !== null) {
    const problem = { code: 'invalid-request', message: 'The request cannot be read.', ...noJson(error) };
    return { status, problem };
  }
  return { status: 500, problem: { code: 'internal', message: 'Something went wrong here; the log says what.' } };
}

/** Where a body of JSON breaks off. */
function noJson(error: unknown): Pick<Problem, 'details'> {
  const body = error instanceof Error && 'body' in error ? error.body : null;
  if (typeof body !== 'string') return {};
  const parsed = parseJson(body);
  return parsed.ok ? {} : { details: [{ path: 'body', message: jsonProblemText(body, parsed.error) }] };
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/** Last in the chain: four parameters make it Express's error handler. */
export const problemHandler =
  (log: Logger) =>
  (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    // Whoever asked has left, and the work for it ended with that: nothing failed, and nobody is there to be told.
    if (response.destroyed && isAbort(error)) return;
    const { status, problem } = answerFor(error);
    // That something is busy passes by itself.
    const isFailure = status >= 500 && problem.code !== 'busy';
    if (isFailure) log.error({ err: error, method: request.method, path: request.route?.path }, 'request failed');
    if (response.headersSent) next(error);
    else response.status(status).json(problem);
  };
