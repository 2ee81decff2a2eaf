import { useState } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import { formatSpan } from '#client/format/time.ts';
import { Button } from '#client/ui/button.tsx';
import { Tag } from '#client/ui/marks.tsx';
import rows from '#client/ui/rows.module.css';
import { TimeText, useNow } from '#client/ui/time-text.tsx';
import type { Source } from '#shared/api/sources.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import { formatInstant, MINUTE, parseInstant } from '#shared/base/time.ts';
import { RateChart } from './rate-chart.tsx';
import { SourceRejects } from './source-rejects.tsx';
import { clockWords, lateWords, silentWords } from './source-words.ts';
import classes from './sources.module.css';
import { SplitSwitch } from './split-switch.tsx';

const SILENT_MS = 5 * MINUTE;

/** One stream: how it runs in a line, what is behind that on demand. */
export function StreamRow({
  source,
  isRefused,
  startsOpen,
}: {
  readonly source: Source;
  /** Requests of its client have been refused. */
  readonly isRefused: boolean;
  readonly startsOpen: boolean;
}) {
  const [open, setOpen] = useState(startsOpen);
  const silence = useNow() - (parseInstant(source.lastArrival) ?? 0);
  const isSilent = silence > SILENT_MS;
  const name = visibleText(source.name);
  return (
    <li className={rows['row']} aria-label={name}>
      <div className={rows['head']}>
        <b>{name}</b>
        <Activity source={source} isSilent={isSilent} />
        <span className="dim">
          {visibleText(source.client)}, key {visibleText(source.key.name)}
        </span>
        <Button onClick={() => setOpen(!open)} title={`Rate, rejects and settings of ${name}`}>
          {open ? 'Less' : 'More'}
        </Button>
      </div>
      <Figures source={source} />
      {isSilent ? <p className="dim">{silentWords(visibleText(source.client), silence, isRefused)}</p> : null}
      {clockWords(source.arrivals, source.clockSkew).map((words) => (
        <p key={words} className={classes['warning']}>
          {words}
        </p>
      ))}
      {open ? (
        <div className={classes['details']}>
          <RateChart name={name} series={source.series} />
          <SplitSwitch id={source.id} name={name} on={source.splitMerged} arrivals={source.arrivals} />
          {source.rejected > 0 ? <SourceRejects id={source.id} /> : null}
        </div>
      ) : null}
    </li>
  );
}

function Activity({ source, isSilent }: { readonly source: Source; readonly isSilent: boolean }) {
  if (isSilent) return <Tag tone="plain">silent</Tag>;
  return (
    <Tag tone={source.recordsPerSecond > 0 ? 'good' : 'plain'}>
      {formatCount(Math.round(source.recordsPerSecond * 10) / 10)} {source.recordsPerSecond === 1 ? 'event' : 'events'}
      /s
    </Tag>
  );
}

function Figures({ source }: { readonly source: Source }) {
  const { events, duplicates, rejected, skipped, arrivals, lag, lastReject } = source;
  const late = lateWords(arrivals);
  const lastEvent =
    source.clockSkew === null ? null : formatInstant((parseInstant(source.lastArrival) ?? 0) - source.clockSkew);
  return (
    <>
      <p className={rows['figures']}>
        <span>
          <b>{formatCount(events)}</b> stored
        </span>
        <span>{plural(duplicates, 'duplicate')}</span>
        <span>{rejected > 0 ? <b>{formatCount(rejected)} rejected</b> : 'none rejected'}</span>
        {skipped > 0 ? <span>{formatCount(skipped)} no process events</span> : null}
        {late === null ? null : <span>{late}</span>}
        {lag === null ? null : <span>alerts {formatSpan(lag)} after arrival</span>}
      </p>
      <p className={`${rows['figures']} dim`}>
        <span>
          last arrival <TimeText iso={source.lastArrival} relative />
        </span>
        {lastEvent === null ? null : (
          <span>
            last event happened <TimeText iso={lastEvent} />
          </span>
        )}
        <span>{lastReject ? `last error, ${lastReject.day}: ${visibleText(lastReject.reason)}` : 'no error yet'}</span>
      </p>
    </>
  );
}
