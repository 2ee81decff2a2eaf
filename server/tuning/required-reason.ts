import { Refusal } from '#server/refusal.ts';
import { type BrokenCase, SHORTEST_REASON } from '#shared/api/tuning.ts';
import { plural } from '#shared/base/counts.ts';

export interface Effect {
  readonly removedTruePositives: number;
  readonly brokenCases: readonly BrokenCase[];
}

/** What speaks against a change, a sentence each; `harm` is what it does to true positives: “lose”. */
const troublesOf = ({ removedTruePositives, brokenCases }: Effect, harm: string): readonly string[] => [
  ...(removedTruePositives > 0 ? [`It would ${harm} ${plural(removedTruePositives, 'true positive')}.`] : []),
  ...(brokenCases.length > 0
    ? [`It breaks ${plural(brokenCases.length, 'case')}: ${brokenCases.map(({ name }) => name).join(', ')}.`]
    : []),
];

/**
 * What is put on record about a change that loses true positives or breaks cases; refuses it without a reason in the words of
 * its author. Null where nothing speaks against it.
 */
export function requireReason(
  effect: Effect,
  override: string,
  { harm, remedy }: { readonly harm: string; readonly remedy: string },
): string | null {
  const troubles = troublesOf(effect, harm);
  if (troubles.length === 0) return null;
  if (override.length >= SHORTEST_REASON) return `${troubles.join(' ')} Saved all the same: ${override}`;
  throw new Refusal('invalid-request', troubles.join(' '), {
    remedy: `${remedy}, or say in a sentence why it may be saved all the same.`,
    details: [{ path: 'body.override', message: 'a reason is required' }],
  });
}
