import { useState } from 'react';
import { formatTime, zoneLabel } from '#client/format/time.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { formatInstant, MINUTE, parseInstant, SECOND } from '#shared/base/time.ts';
import { Button } from './button.tsx';
import { TextField } from './fields/text-field.tsx';
import { IconClock } from './icons.ts';
import { Popup } from './overlays.tsx';
import classes from './time-range.module.css';

export interface Range {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** A range of time, either end open, typed in the zone that is shown. */
export function TimeRange({
  value,
  label = 'Time',
  onChange,
}: {
  readonly value: Range;
  readonly label?: string;
  readonly onChange: (range: Range) => void;
}) {
  const zone = usePreferences((store) => store.zone);
  const shown = (iso: string | undefined): string => (iso ? formatTime(iso, zone).slice(0, 16) : '…');
  const on = value.from !== undefined || value.to !== undefined;
  return (
    <Popup
      trigger={
        <button type="button" className={classes['trigger']} data-on={on}>
          <IconClock size={13} />
          {on ? (
            <b>
              {shown(value.from)} – {shown(value.to)}
            </b>
          ) : (
            `${label}: all`
          )}
        </button>
      }
    >
      <RangeForm key={`${value.from} ${value.to}`} value={value} onChange={onChange} />
    </Popup>
  );
}

function RangeForm({ value, onChange }: { readonly value: Range; readonly onChange: (range: Range) => void }) {
  const zone = usePreferences((store) => store.zone);
  const typed = (iso: string | undefined): string => (iso ? formatTime(iso, zone) : '');
  const [from, setFrom] = useState(typed(value.from));
  const [to, setTo] = useState(typed(value.to));
  const start = readTime(from, zone);
  const end = readTime(to, zone);
  const wrong = 'Write it as 2026-11-21 20:15';
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (start !== null && end !== null) onChange({ from: start.iso, to: end.iso });
      }}
    >
      <TextField
        label={`From (${zoneLabel(zone)})`}
        value={from}
        onChange={setFrom}
        error={start ? null : wrong}
        placeholder="the beginning"
      />
      <TextField
        label={`To (${zoneLabel(zone)})`}
        value={to}
        onChange={setTo}
        error={end ? null : wrong}
        placeholder="the end"
      />
      <div className={classes['buttons']}>
        <Button onClick={() => onChange({ from: undefined, to: undefined })}>All time</Button>
        <Button look="primary" type="submit">
          Apply
        </Button>
      </div>
    </form>
  );
}

/** What was typed as an instant; null where it is no time. Nothing typed leaves the end open. */
function readTime(text: string, zone: 'utc' | 'local'): { readonly iso: string | undefined } | null {
  if (text.trim() === '') return { iso: undefined };
  const asUtc = parseInstant(text.trim());
  if (asUtc === null) return null;
  if (zone === 'utc') return { iso: formatInstant(asUtc) };
  const offset = new Date(asUtc).getTimezoneOffset() * MINUTE;
  return { iso: formatInstant(Math.round((asUtc + offset) / SECOND) * SECOND) };
}
