import { plural } from '#shared/base/counts.ts';
import { formatInstant, HOUR, type Instant, MINUTE, parseInstant } from '#shared/base/time.ts';
import { distinctValues, type EventValues, valuesIn } from './event-values.ts';
import type { Hint } from './hint.ts';
import { cite, expected, type HintFunction, neutral, type Prevalence, suspicious } from './hint-input.ts';

const DAY_BEGINS = 7;
const DAY_ENDS = 19;
/** So many events within a minute are a burst. */
const BURST = 5;

/** Outside working hours (07 to 19 UTC), or many at once. The store's times are UTC, whatever hours people keep. */
export const timeHint: HintFunction = ({ events }) => {
  const times = timesOf(events);
  const [first] = times;
  if (first === undefined) return [];
  const outside = times.find((time) => hourOf(time) < DAY_BEGINS || hourOf(time) >= DAY_ENDS);
  const burst = times.find((time, index) => (times[index + BURST - 1] ?? Number.POSITIVE_INFINITY) - time < MINUTE);
  const hints = [
    ...(outside === undefined ? [] : [suspicious(`${shown(outside)} is outside 07–19 UTC.`)]),
    ...(burst === undefined ? [] : [suspicious(`${BURST} or more events within a minute from ${shown(burst)} on.`)]),
  ];
  return hints.length > 0 ? hints : [neutral(`${shown(first)} is within 07–19 UTC; no burst.`)];
};

const shown = (time: Instant): string => `${formatInstant(time).slice(0, 19).replace('T', ' ')} UTC`;

/** Times of the events, ascending. */
const timesOf = (events: readonly EventValues[]): readonly Instant[] =>
  events
    .flatMap((event) => valuesIn(event, '@timestamp').slice(0, 1))
    .flatMap((text) => parseInstant(text) ?? [])
    .toSorted((left, right) => left - right);

const hourOf = (time: Instant): number => new Date(time).getUTCHours();

/** Hosts with the same command line. */
export const spreadHint: HintFunction = ({ events, prevalence }) => {
  if (prevalence === null) return [];
  const { commandHosts, totalHosts } = prevalence;
  const [host] = distinctValues(events, 'host.name');
  const counts = `${commandHosts} of ${totalHosts} hosts`;
  if (totalHosts < 2) return [neutral('The data holds one host only: it cannot tell how far this spreads.')];
  if (commandHosts <= 1)
    return [suspicious(`Only ${host === undefined ? 'one host' : cite(host)} of ${totalHosts} hosts has run it.`)];
  if (commandHosts * 2 >= totalHosts)
    return [expected(`${counts} have run the same command: routine, or everywhere already.`)];
  return [neutral(`${counts} have run the same command.`)];
};

/** New to the data, or an old acquaintance; and whether the data reaches back far enough to tell. */
export const firstSeenHint: HintFunction = ({ events, prevalence, historyCovered }) => {
  const [began] = timesOf(events);
  const age = prevalence && began !== undefined ? ageHint(prevalence, began) : null;
  if (historyCovered === null || historyCovered >= 1) return age ? [age] : [];
  const share = `${Math.floor(historyCovered * 100)} %`;
  const caution = `Events cover ${share} of the history the rule looks back on: what is new may only be older than the data.`;
  return [...(age ? [age] : []), neutral(caution)];
};

function ageHint({ commandFirstSeen, commandEvents }: Prevalence, began: Instant): Hint | null {
  const known = commandFirstSeen === null ? null : parseInstant(commandFirstSeen);
  if (known === null) return null;
  const at = shown(known);
  if (began - known < HOUR) return suspicious(`The same command was not seen before ${at}.`);
  return expected(
    `The same command was first seen at ${at}, ${lengthOf(began - known)} before; ${plural(commandEvents, 'event')} in all.`,
  );
}

function lengthOf(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR);
  const [count, unit] = hours >= 48 ? [Math.floor(hours / 24), 'day'] : [hours, 'hour'];
  return plural(count, unit);
}
