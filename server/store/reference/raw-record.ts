/** A record of a file, as it stands there. */
export interface RawRecord {
  /** Line from 1; in a JSON array the element's number, from 1. */
  readonly line: number;
  /** Without surrounding white space; only the start of one that is too long. */
  readonly bytes: Buffer;
  /** Why it is refused before anyone reads it. */
  readonly problem?: string;
}
