import { formatSpan } from '#client/format/time.ts';
import type { Arrivals, RefusedRequests } from '#shared/api/sources.ts';
import { plural } from '#shared/base/counts.ts';
import { MINUTE, type Milliseconds } from '#shared/base/time.ts';

/** How long after they happen events arrive: half of them, and all but the slowest twentieth. Nothing of a clock that is ahead. */
export function lateWords({ lateP50, lateP95 }: Arrivals): string | null {
  if (lateP50 === null || lateP95 === null || lateP95 < 0) return null;
  return `half arrive within ${span(lateP50)}, 95 % within ${span(lateP95)}`;
}

const span = (ms: number): string => (ms < 0 ? '0 ms' : formatSpan(ms));

/** What is odd about a sender's clock, in whole sentences; none where nothing is. */
export function clockWords(arrivals: Arrivals, skew: number | null): readonly string[] {
  const { sampled, ahead, old } = arrivals;
  const share = (count: number): string => `${count} of the last ${plural(sampled, 'event')} looked at`;
  return [
    ...(ahead > 0
      ? [
          `${share(ahead)} come from the future${skew !== null && skew < -MINUTE ? `: the newest is ${formatSpan(skew)} ahead` : ''}. Runs do not see them before their time has come; check the clock of the host.`,
        ]
      : []),
    ...(old > 0
      ? [
          `${share(old)} happened more than a day before they arrived: scheduled runs have passed their time already, so replay that range. Rules for new terms look at them on arrival.`,
        ]
      : []),
  ];
}

/** What to do about a stream of which nothing has come for so long. */
export const silentWords = (client: string, silence: Milliseconds, isRefused: boolean): string =>
  `Nothing has come for ${formatSpan(silence)}: see whether ${client} still runs on its host${isRefused ? ', and why it has been refused, below' : ''}.`;

export const REFUSAL_WORDS: Readonly<Record<RefusedRequests['reason'], string>> = {
  'no-key': 'no valid key',
  busy: 'too much was waiting; to be sent again',
  'no-space': 'the disk was full',
  'too-large': 'request too large',
  unreadable: 'not readable as a bulk',
};
