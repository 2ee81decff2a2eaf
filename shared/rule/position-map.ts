import { type Position, positionAt, type Span } from '#shared/base/diagnostic.ts';

/** A text that stands, escaped, in another one: where each of its characters is there. */
export interface EmbeddedText {
  readonly text: string;
  /** Offset in the outer text, for each offset of the inner one and its end. */
  readonly offsets: readonly number[];
}

/** Where a place of an embedded text is in the text around it. */
export const outerOffset = ({ offsets }: EmbeddedText, { from }: Span): number =>
  offsets[Math.min(from, offsets.length - 1)] ?? 0;

/** Where a rule's parts stand in its file. */
export interface RulePositions {
  /** Of the query's characters; null where the file does not hold it as it is. */
  readonly query: EmbeddedText | null;
  /** Offset of a key, as `rule.interval`; null where the file does not name it. */
  readonly key: (path: string) => number | null;
}

export interface RulePlace extends Position {
  /** The place within the query, for problems of the query. */
  readonly query: Position | null;
}

/** Line and column of a problem in a file, whose first line has the number `line`. */
export function placeOf(
  file: string,
  query: string,
  positions: RulePositions,
  problem: { readonly span?: Span; readonly path?: string; readonly offset?: number },
  line = 1,
): RulePlace {
  const inQuery = problem.span ? positionAt(query, problem.span.from) : null;
  const offset =
    problem.span && positions.query
      ? outerOffset(positions.query, problem.span)
      : (problem.offset ?? positions.key(problem.span ? 'rule.query' : (problem.path ?? '')) ?? 0);
  const found = positionAt(file, offset);
  return { line: found.line + line - 1, column: found.column, query: inQuery };
}
