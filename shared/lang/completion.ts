import { plural } from '#shared/base/counts.ts';
import type { Span } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';

export type ProposalKind = 'field' | 'value' | 'keyword' | 'operator' | 'function' | 'command';

/** One way to go on. */
export interface Proposal {
  readonly kind: ProposalKind;
  /** What a reader sees and types. */
  readonly label: string;
  /** The text put in place of what was typed. */
  readonly insert: string;
  /** Where the caret comes to stand in that text; behind it where not said. */
  readonly caret?: number;
  /** A type, a signature, a count. */
  readonly detail?: string;
  /** What it does, in a sentence. */
  readonly info?: string;
}

/** A field whose values would fit, to be looked up in the data. */
export interface WantedValues {
  readonly field: string;
  /** What was typed of the value, without quotation marks and escapes. */
  readonly prefix: string;
}

/** What may stand at a place of a query. */
export interface Completion extends Span {
  readonly proposals: readonly Proposal[];
  readonly values: WantedValues | null;
}

/** How well a name answers what was typed, 0 best; null where it does not: its beginning, that of a part, anything in it. */
export function matchRank(typed: string, name: string): number | null {
  const wanted = typed.toLowerCase();
  const candidate = name.toLowerCase();
  if (candidate.startsWith(wanted)) return 0;
  const at = candidate.indexOf(wanted);
  if (at === -1) return null;
  return /[._@]/.test(candidate.charAt(at - 1)) ? 1 : 2;
}

/** Those proposals that answer what was typed, the best first; equals stay in their order. */
export function matching(typed: string, proposals: readonly Proposal[]): readonly Proposal[] {
  return proposals
    .flatMap((proposal) => {
      const rank = matchRank(typed, proposal.label);
      return rank === null ? [] : [{ proposal, rank }];
    })
    .sort((left, right) => left.rank - right.rank)
    .map(({ proposal }) => proposal);
}

/**
 * A way to propose values seen in the data: a number as it is where the field holds numbers, else a literal that means exactly
 * the value.
 * @param literal writes a text as the language does
 */
export const proposingValues =
  (literal: (value: string) => string) =>
  ({ field }: WantedValues, value: string, count: number, catalogue: FieldCatalogue): Proposal => {
    const type = catalogue.find(field)?.type;
    const isNumber = (type === 'long' || type === 'double') && /^-?\d+(?:\.\d+)?$/.test(value);
    return { kind: 'value', label: value, insert: isNumber ? value : literal(value), detail: plural(count, 'event') };
  };
