export type RefusalCode =
  | 'not-found'
  | 'conflict'
  | 'invalid-request'
  | 'invalid-query'
  | 'too-large'
  | 'no-space'
  | 'busy';

export interface RefusalDetail {
  /** Member of the request, as `change.verdict`. */
  readonly path: string;
  readonly message: string;
}

/**
 * What was asked cannot be done, for a reason its sender should read: no fault of the program. Services throw it; one
 * place in `server/http` turns it into an answer.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly remedy: string | undefined;
  readonly details: readonly RefusalDetail[];

  constructor(code: RefusalCode, message: string, more: { remedy?: string; details?: readonly RefusalDetail[] } = {}) {
    super(message);
    this.code = code;
    this.remedy = more.remedy;
    this.details = more.details ?? [];
  }
}

export const notFound = (what: string): Refusal => new Refusal('not-found', `There is no such ${what}.`);
