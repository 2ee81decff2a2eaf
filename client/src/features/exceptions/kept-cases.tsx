import { visibleText } from '#client/format/hostile.ts';
import { IconButton } from '#client/ui/button.tsx';
import { IconTrash } from '#client/ui/icons.ts';
import { plural } from '#shared/base/counts.ts';
import type { ExceptionCase } from '#shared/exceptions/item.ts';
import classes from './exceptions.module.css';

/** Events that the exception must never hide: it cannot be saved, now or later, where they no longer alert. */
export function KeptCases({
  cases,
  onChange,
}: {
  readonly cases: readonly ExceptionCase[];
  readonly onChange: (cases: ExceptionCase[]) => void;
}) {
  if (cases.length === 0) return null;
  return (
    <fieldset className={classes['entries']}>
      <legend>Must keep alerting</legend>
      {cases.map((one) => (
        <span key={one.name} className={classes['kept']}>
          <code>{visibleText(one.name)}</code> <span className="dim">{plural(one.events.length, 'event')}</span>
          <IconButton
            label={`Remove the case ${one.name}`}
            icon={IconTrash}
            onClick={() => onChange(cases.filter((other) => other !== one))}
          />
        </span>
      ))}
    </fieldset>
  );
}
