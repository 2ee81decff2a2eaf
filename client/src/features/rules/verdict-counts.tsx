import { formatShare, plural } from '#client/format/number.ts';
import { VERDICT_WORDS } from '#client/format/words.ts';
import { Facts } from '#client/ui/facts.tsx';
import { verdictSchema } from '#shared/alert/alert.ts';

/** Below so many verdicts a rate says nothing and is left out. */
const SMALLEST_SAMPLE = 20;

export function VerdictCounts({ verdicts }: { readonly verdicts: Readonly<Record<string, number>> }) {
  const given = verdictSchema.options.map((verdict) => ({ verdict, count: verdicts[verdict] ?? 0 }));
  const total = given.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return <p className="dim">No alert of this rule has been closed yet.</p>;
  const wrong = verdicts['false-positive'] ?? 0;
  return (
    <>
      <Facts
        facts={given
          .filter(({ count }) => count > 0)
          .map(({ verdict, count }) => ({ name: VERDICT_WORDS[verdict], value: count }))}
      />
      <p className="dim">
        {total >= SMALLEST_SAMPLE
          ? `False positives: ${formatShare(wrong / total)} of ${plural(total, 'verdict')}`
          : `${plural(total, 'verdict')}: too few for a rate (from ${SMALLEST_SAMPLE} on)`}
      </p>
    </>
  );
}
