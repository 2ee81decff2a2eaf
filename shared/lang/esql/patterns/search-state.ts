import { type Reader, Refused } from './pattern-reader.ts';

/** Java's expressions, as `replace` and `split` take them, or those of Oniguruma with `%{NAME:field:type}`, as GROK does. */
export type Dialect = 'java' | 'grok';

export interface Capture {
  /** Null for a group without one. */
  readonly name: string | null;
  /** What GROK shall read the text as. */
  readonly type: string | null;
}

/** Deepest nesting of groups and named patterns: recursion is bounded. */
const DEEPEST = 40;

export interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly lines: boolean;
}

/** How far an expression is read, and what holds from here. */
export interface State {
  readonly reader: Reader;
  readonly dialect: Dialect;
  readonly captures: Capture[];
  flags: Flags;
  readonly depth: number;
}

/** The state within a group or a named pattern. */
export const nested = (state: State, change: Partial<State> = {}): State => {
  if (state.depth >= DEEPEST) throw new Refused('it is nested too deeply');
  return { ...state, ...change, depth: state.depth + 1 };
};
