import { useState } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import { formatCount } from '#shared/base/counts.ts';
import { Button } from './button.tsx';
import { CheckField } from './fields/check-field.tsx';
import { TextField } from './fields/text-field.tsx';
import { IconFilter } from './icons.ts';
import { Popup } from './overlays.tsx';
import classes from './pick-filter.module.css';
import { SkeletonRows } from './states.tsx';

export interface PickOption {
  readonly value: string;
  readonly label: string;
  readonly count?: number;
}

interface PickProps {
  readonly label: string;
  readonly value: readonly string[];
  /** What a value is called, where it is not its own name. */
  readonly nameOf?: (value: string) => string;
  /** A hook: what can be chosen, read when the list is opened; undefined until it is there. */
  readonly useOptions: () => readonly PickOption[] | undefined;
  readonly onChange: (value: string[]) => void;
}

/** A filter by some of many values: a button that says what is chosen, and a list to choose from. */
export function PickFilter(props: PickProps) {
  const { label, value, nameOf } = props;
  const [first] = value;
  return (
    <Popup
      trigger={
        <button type="button" className={classes['trigger']} data-on={value.length > 0}>
          <IconFilter size={13} />
          {label}
          {first === undefined ? null : (
            <b>
              {visibleText(nameOf?.(first) ?? first).slice(0, 28)}
              {value.length > 1 ? ` +${value.length - 1}` : ''}
            </b>
          )}
        </button>
      }
    >
      <Box {...props} />
    </Popup>
  );
}

function Box({ label, value, nameOf, useOptions, onChange }: PickProps) {
  const options = useOptions();
  const [words, setWords] = useState('');
  if (!options) return <SkeletonRows rows={4} />;
  const missing = value.filter((chosen) => !options.some((option) => option.value === chosen));
  const all = [...missing.map((chosen) => ({ value: chosen, label: nameOf?.(chosen) ?? chosen })), ...options];
  const shown = all.filter((option) => option.label.toLowerCase().includes(words.toLowerCase()));
  return (
    <div className={classes['box']}>
      {all.length > 8 ? (
        <TextField bare label={`Find a ${label.toLowerCase()}`} placeholder="Find" value={words} onChange={setWords} />
      ) : null}
      <ul className={classes['options']}>
        {shown.slice(0, 200).map((option) => (
          <li key={option.value}>
            <CheckField
              checked={value.includes(option.value)}
              onChange={(on) =>
                onChange(on ? [...value, option.value] : value.filter((chosen) => chosen !== option.value))
              }
              label={
                <span className={classes['option']}>
                  <span>{visibleText(option.label)}</span>
                  {'count' in option && option.count !== undefined ? <span>{formatCount(option.count)}</span> : null}
                </span>
              }
            />
          </li>
        ))}
        {shown.length === 0 ? <li className="dim">No value to choose</li> : null}
      </ul>
      {value.length > 0 ? <Button onClick={() => onChange([])}>Any {label.toLowerCase()}</Button> : null}
    </div>
  );
}
