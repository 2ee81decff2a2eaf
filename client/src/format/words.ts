import type { Verdict } from '#shared/alert/alert.ts';
import { isRare } from '#shared/rarity/rare.ts';

export { SEVERITY_WORDS, STATUS_WORDS, VERDICT_WORDS } from '#shared/alert/words.ts';
export { FINDING_WORDS } from '#shared/guide/finding-words.ts';

/** What each verdict says, for the moment of choosing. */
export const VERDICT_MEANINGS: Readonly<Record<Verdict, string>> = {
  'true-positive-impact': 'Malicious, and its effect was seen',
  'true-positive-no-impact': 'Malicious, but blocked or failed',
  benign: 'The rule is right, the activity is allowed',
  'false-positive': 'The rule is wrong here',
  duplicate: 'The same as another alert',
  inconclusive: 'Evidence is missing: say which in a note',
};

/** `1 of 200 hosts, rare`. */
export function prevalenceWords(hosts: number, ofHosts: number): string {
  const counts = `${hosts} of ${ofHosts} ${ofHosts === 1 ? 'host' : 'hosts'}`;
  return isRare(hosts, ofHosts) ? `${counts}, rare` : counts;
}

/** From this share of its history a new term is as good as new; what is missing is told in the alert, not on every row. */
const SETTLED = 0.9;

/** The warm-up badge of a new-terms alert; null where the data covered the history. */
export function warmUpWords(historyCovered: number | null): string | null {
  if (historyCovered === null || historyCovered >= SETTLED) return null;
  return `history ${Math.floor(historyCovered * 100)} %: new may only mean early`;
}
