import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { Refusal } from '#server/refusal.ts';
import { answerFor } from '../problem.ts';

/** A request that cannot be answered, in the words of the bulk protocol. */
export class ElasticProblem extends Error {
  readonly status: number;
  readonly type: string;

  constructor(status: number, type: string, reason: string) {
    super(reason);
    this.status = status;
    this.type = type;
  }
}

const RETRY_SECONDS = 5;

const TYPES: Readonly<Record<number, string>> = {
  401: 'security_exception',
  403: 'security_exception',
  413: 'content_too_long_exception',
  429: 'es_rejected_execution_exception',
  503: 'cluster_block_exception',
};

/** What is wrong as status, type and reason. Whoever is to come again later gets 429 where too much waits, 503 on a full disk. */
function elasticProblemOf(error: unknown): ElasticProblem {
  if (error instanceof ElasticProblem) return error;
  const { status, problem } = answerFor(error);
  const shown =
    error instanceof Refusal ? (error.code === 'no-space' ? 503 : error.code === 'busy' ? 429 : status) : status;
  return new ElasticProblem(shown, TYPES[shown] ?? 'illegal_argument_exception', problem.message);
}

/** Last in the chain of the addresses that shippers speak to. */
export const elasticProblemHandler =
  (log: Logger) =>
  (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    const { status, type, message: reason } = elasticProblemOf(error);
    if (status === 500) log.error({ err: error }, 'bulk request failed');
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof Refusal) response.set('Retry-After', String(RETRY_SECONDS));
    response.status(status).end(JSON.stringify({ error: { root_cause: [{ type, reason }], type, reason }, status }));
  };
