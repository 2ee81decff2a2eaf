import type * as z from 'zod';
import { ProblemError } from '#client/format/problem.ts';
import { type Endpoint, type Problem, problemSchema } from '#shared/api/endpoint.ts';

type Loose<Members> = { readonly [Key in keyof Members]?: Members[Key] | undefined };
/** An endpoint that takes nothing has `z.object({})`, whose type has any name and no value. */
type Part<Name extends string, Schema extends z.ZodType> = string extends keyof z.output<Schema>
  ? { readonly [Key in Name]?: undefined }
  : { readonly [Key in Name]: z.output<Schema> };

/** What an endpoint is asked with. Members of the query may be left out: the server knows the defaults. */
export type RequestOf<Asked extends Endpoint> = Part<'params', Asked['params']> &
  Part<'body', Asked['body']> & { readonly query?: Loose<z.output<Asked['query']>> };

export type AnswerOf<Asked extends Endpoint> = z.output<Asked['response']>;

interface Parts {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** Path and query string of a request; lists repeat their name, absent members are left out. */
export function urlOf(path: string, { params, query }: Parts): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(members(params)[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(members(query))) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') search.append(name, String(item));
    }
  }
  const text = search.toString();
  return text === '' ? filled : `${filled}?${text}`;
}

/**
 * Asks the server and validates its answer.
 * @throws ProblemError for every refusal, for no answer, and for an answer that breaks the contract.
 */
export async function callEndpoint<Asked extends Endpoint>(
  endpoint: Asked,
  request: RequestOf<Asked>,
  signal?: AbortSignal,
): Promise<AnswerOf<Asked>> {
  const parts: Parts = request;
  const response = await send(urlOf(endpoint.path, parts), {
    method: endpoint.method,
    ...(parts.body === undefined
      ? {}
      : { body: JSON.stringify(parts.body), headers: { 'content-type': 'application/json' } }),
    ...(signal ? { signal } : {}),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ProblemError(problemIn(answer, response.status), response.status);
  const parsed = endpoint.response.safeParse(answer);
  if (parsed.success) return parsed.data as AnswerOf<Asked>;
  throw new ProblemError(unexpectedAnswer(endpoint, parsed.error), response.status);
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ProblemError(
      { code: 'unreachable', message: 'The server does not answer.', remedy: 'Check that Oddspawn is still running.' },
      0,
    );
  }
}

export function problemIn(answer: unknown, status: number): Problem {
  const parsed = problemSchema.safeParse(answer);
  return parsed.success ? parsed.data : { code: 'internal', message: `The server answered with status ${status}.` };
}

function unexpectedAnswer(endpoint: Endpoint, error: z.ZodError): Problem {
  return {
    code: 'unexpected-answer',
    message: `The server's answer to ${endpoint.method} ${endpoint.path} is not what this page understands.`,
    remedy: 'Reload the page: the server may have been updated.',
    details: error.issues.slice(0, 5).map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  };
}

function members(part: unknown): Readonly<Record<string, unknown>> {
  return typeof part === 'object' && part !== null ? (part as Record<string, unknown>) : {};
}
