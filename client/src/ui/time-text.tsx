import { useSyncExternalStore } from 'react';
import { exactTime, formatTime, relativeTime } from '#client/format/time.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { Absent } from './text.tsx';

const TICK_MS = 15_000;

const subscribe = (notify: () => void): (() => void) => {
  const timer = setInterval(notify, TICK_MS);
  return () => clearInterval(timer);
};
const coarseNow = (): number => Math.floor(Date.now() / TICK_MS) * TICK_MS + TICK_MS;

/** The time, renewed every fifteen seconds for whoever shows ages. */
export const useNow = (): number => useSyncExternalStore(subscribe, coarseNow);

/** A time in the chosen zone, or its age where that is told or preferred; hover shows milliseconds, zone and age. */
export function TimeText({ iso, relative }: { readonly iso: string | null; readonly relative?: boolean }) {
  const zone = usePreferences((store) => store.zone);
  const times = usePreferences((store) => store.times);
  const now = useNow();
  if (iso === null) return <Absent words="no time" />;
  const age = relativeTime(iso, now);
  return (
    <time dateTime={iso} title={`${exactTime(iso, zone)} (${age})`}>
      {(relative ?? times === 'age') ? age : formatTime(iso, zone)}
    </time>
  );
}
