import type { AlertDetail } from '#shared/api/alerts.ts';
import { plural } from '#shared/base/counts.ts';
import { DAY, HOUR, type Instant, MINUTE, parseInstant } from '#shared/base/time.ts';

/** `On 1 of 24 hosts, in 3 events; first seen 3 minutes ago.`: as measured over all events that are stored. */
export function prevalenceSentence(
  { commandHosts, totalHosts, commandEvents, commandFirstSeen }: AlertDetail['prevalence'],
  now: Instant,
): string {
  if (commandEvents === 0) return 'This command line is in none of the events that are stored.';
  const first = commandFirstSeen === null ? null : parseInstant(commandFirstSeen);
  const age = first === null ? '' : `; first seen ${ageInWords(now - first)} ago`;
  return `This command line ran on ${commandHosts} of ${plural(totalHosts, 'host')}, in ${plural(commandEvents, 'event')}${age}.`;
}

function ageInWords(span: number): string {
  if (span < MINUTE) return 'less than a minute';
  if (span < HOUR) return plural(Math.floor(span / MINUTE), 'minute');
  return span < 2 * DAY ? plural(Math.floor(span / HOUR), 'hour') : plural(Math.floor(span / DAY), 'day');
}
