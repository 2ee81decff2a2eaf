import type { Problem } from '#shared/api/endpoint.ts';

/** A request that did not succeed: the server's own words, or ours where it could not be asked. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;

  constructor(problem: Problem, status: number) {
    super(problem.message);
    this.problem = problem;
    this.status = status;
  }

  /** Worth asking again without a change: nothing was reached, or the server was busy. */
  get transient(): boolean {
    return this.status === 0 || this.problem.code === 'busy';
  }
}

/** What to tell the user about any failure. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
