import { VERDICT_WORDS } from '#client/format/words.ts';
import { Facts } from '#client/ui/facts.tsx';
import { verdictSchema } from '#shared/alert/alert.ts';
import { plural } from '#shared/base/counts.ts';
import { precisionOf, precisionText, SMALLEST_SAMPLE } from './rule-words.ts';

/** Verdicts of a rule's closed alerts, and how often it was right. */
export function VerdictCounts({ verdicts }: { readonly verdicts: Readonly<Record<string, number>> }) {
  const given = verdictSchema.options.map((verdict) => ({ verdict, count: verdicts[verdict] ?? 0 }));
  if (given.every(({ count }) => count === 0)) return <p className="dim">No alert of this rule has been closed yet.</p>;
  const precision = precisionOf(verdicts);
  const rate = precisionText(precision);
  return (
    <>
      <Facts
        facts={given
          .filter(({ count }) => count > 0)
          .map(({ verdict, count }) => ({ name: VERDICT_WORDS[verdict], value: count }))}
      />
      <p className="dim">
        {rate
          ? `Precision: ${rate}, right in ${precision.right} of ${plural(precision.judged, 'verdict')}`
          : `${plural(precision.judged, 'verdict')} on whether it was right: too few for a rate (from ${SMALLEST_SAMPLE} on)`}
      </p>
    </>
  );
}
