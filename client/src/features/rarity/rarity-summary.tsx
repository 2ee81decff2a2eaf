import type { ReactNode } from 'react';
import { formatTime, zoneLabel } from '#client/format/time.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { TextButton } from '#client/ui/text-button.tsx';
import { formatCount, plural } from '#shared/base/counts.ts';
import type { RarityResult } from '#shared/rarity/rarity.ts';
import { countInside, countJustOutside, type Thresholds } from '#shared/rarity/thresholds.ts';

/** How many groups would alert, how many are just outside, and what was counted, in a sentence each. */
export function RaritySummary({
  result,
  thresholds,
  onOutside,
  children,
}: {
  readonly result: RarityResult;
  readonly thresholds: Thresholds;
  readonly onOutside: () => void;
  readonly children?: ReactNode;
}) {
  const zone = usePreferences((store) => store.zone);
  const outside = countJustOutside(result.cells, thresholds);
  return (
    <p className="dim" role="status">
      <b>{plural(countInside(result.cells, thresholds), 'group')}</b> of {formatCount(result.totalGroups)} would alert
      with fewer than {formatCount(thresholds.count)} events on at most {plural(thresholds.agents, 'agent')};{' '}
      {outside > 0 ? (
        <TextButton onClick={onOutside}>{formatCount(outside)} just outside</TextButton>
      ) : (
        'none just outside'
      )}
      . {plural(result.matchedEvents, 'event')} counted, {formatTime(result.window.from, zone)} to{' '}
      {formatTime(result.window.to, zone)} {zoneLabel(zone)}.
      {result.truncated || result.groups.length < result.totalGroups
        ? ` The list shows ${formatCount(result.groups.length)}.`
        : ''}
      {children}
    </p>
  );
}
