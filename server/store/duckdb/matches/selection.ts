import type { Expression } from '#shared/plan/expression.ts';
import type { NamedExpression } from '#shared/plan/plan.ts';
import type { Column } from '../load/schema.ts';
import { quoteName } from '../sql/identifier.ts';
import type { Known } from './implied.ts';

/** A filter whose matches are kept, and where. */
export interface Selection {
  readonly filter: Expression;
  /** Names the filter, the statement that it comes to and the columns kept: any other program or layout gives another name. */
  readonly digest: string;
  /** Names its table: the digest, or that of an earlier filter whose table it took over. */
  readonly place: string;
  /** Fields whose values are kept. */
  readonly fields: ReadonlySet<string>;
  /** Of the matches: columns of `events` under the same names, so that a plan reads either. */
  readonly columns: readonly Column[];
  /** Conditions that hold for some matches and not for others: whether they do is kept, under these names. */
  readonly verdicts: readonly NamedExpression[];
  /** What need not be worked out again of a match. */
  readonly known: readonly Known[];
  /** The selection among whose matches these are to be looked for; null for all events. */
  readonly among: Selection | null;
  /** What the others may not pass, where the filter is that of `among` and none of many; by their canonical text. */
  readonly items: ReadonlyMap<string, Expression> | null;
}

export const TABLE_PREFIX = 'matches_';

/** Table of a selection's matches, quoted. */
export const tableNamed = (place: string): string => quoteName(TABLE_PREFIX + place);
