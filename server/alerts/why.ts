import type { Alert } from '#shared/alert/alert.ts';
import type { AlertDetail } from '#shared/api/alerts.ts';
import { plural } from '#shared/base/counts.ts';
import { DAY, HOUR, MINUTE, type Milliseconds, SECOND } from '#shared/base/time.ts';
import type { Rule } from '#shared/rule/rule.ts';

/** One sentence, or two, on why an alert fired, with the values that were measured. */
export function whySentence(alert: Alert, rule: Rule | undefined, conditions: AlertDetail['conditions']): string {
  if (!rule) return 'The rule that raised this alert is no longer here.';
  return rule.newTerms ? whyNew(alert, rule.newTerms) : whyMatched(alert, rule, conditions);
}

function whyNew(alert: Alert, { fields, history }: NonNullable<Rule['newTerms']>): string {
  const sentence = `This combination of ${listed(fields)} did not occur in the ${spanInWords(history)} before.`;
  const covered = alert.historyCovered;
  if (covered === null || covered >= 1) return sentence;
  return `${sentence} The data covers only ${percent(covered)} of that time, so it may be new only because the data begins late.`;
}

function whyMatched(alert: Alert, rule: Rule, conditions: AlertDetail['conditions']): string {
  const where = alert.hosts.length === 1 ? `on ${alert.hosts[0]}` : `on ${plural(alert.hosts.length, 'host')}`;
  const measured = conditions.map(({ text, saw }) => `${text} (here ${saw})`);
  const because = measured.length > 0 ? `; the rule alerts where ${listed(measured)}` : '';
  const times =
    alert.occurrences > 1 ? `in each of ${alert.occurrences} windows` : `within ${spanInWords(rule.window)}`;
  return `${plural(alert.eventCount, 'matching event')} ${where} ${times}${because}.`;
}

const percent = (share: number): string =>
  share > 0 && share < 0.01 ? 'less than 1 %' : `${Math.floor(share * 100)} %`;

function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} and ${last}` : last;
}

const UNITS: readonly (readonly [Milliseconds, string])[] = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
];

/** `7 days`, `61 minutes`: in the largest unit that divides it. */
function spanInWords(span: Milliseconds): string {
  const [unit, name] = UNITS.find(([length]) => span % length === 0) ?? [1, 'millisecond'];
  return plural(span / unit, name);
}
