import type { AlertStatus, Verdict } from '#shared/alert/alert.ts';
import type { Finding } from '#shared/guide/guide.ts';
import { isRare } from '#shared/rarity/rare.ts';
import type { AlertSeverity } from '#shared/rule/rule.ts';

export const STATUS_WORDS: Readonly<Record<AlertStatus, string>> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  closed: 'Closed',
};

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  'true-positive-impact': 'True positive, impact',
  'true-positive-no-impact': 'True positive, no impact',
  benign: 'Benign',
  'false-positive': 'False positive',
  duplicate: 'Duplicate',
  inconclusive: 'Inconclusive',
};

/** What each verdict says, for the moment of choosing. */
export const VERDICT_MEANINGS: Readonly<Record<Verdict, string>> = {
  'true-positive-impact': 'Malicious, and its effect was seen',
  'true-positive-no-impact': 'Malicious, but blocked or failed',
  benign: 'The rule is right, the activity is allowed',
  'false-positive': 'The rule is wrong here',
  duplicate: 'The same as another alert',
  inconclusive: 'Evidence is missing: say which in a note',
};

export const FINDING_WORDS: Readonly<Record<Finding, string>> = {
  expected: 'Expected',
  suspicious: 'Suspicious',
  'not-applicable': 'Not applicable',
  unknown: 'Unknown',
  done: 'Done',
};

export const SEVERITY_WORDS: Readonly<Record<AlertSeverity, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
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
