import { visibleText } from '#client/format/hostile.ts';
import { plural } from '#shared/base/counts.ts';
import { shapePattern } from '#shared/exceptions/shape-pattern.ts';
import type { Check } from './exception-check.tsx';
import classes from './exceptions.module.css';
import type { FormEntry } from './form-values.ts';

/** The value's shape as a pattern, where parts of it vary from run to run. */
export function ShapeOffer({
  entry,
  onChange,
}: {
  readonly entry: FormEntry;
  readonly onChange: (entry: FormEntry) => void;
}) {
  const shaped = entry.type === 'match' && /command_line|directory/.test(entry.field);
  const pattern = shaped ? shapePattern(entry.value) : null;
  if (pattern === null) return null;
  return (
    <button
      type="button"
      className={classes['offer']}
      onClick={() => onChange({ ...entry, type: 'wildcard', value: pattern })}
    >
      Match the shape: <code>{visibleText(pattern)}</code>
    </button>
  );
}

/** What a condition holds for by itself. */
export function Held({ held: { events, alerts } }: { readonly held: Check['entries'][number] }) {
  const counts = [
    ...(events === null ? [] : [plural(events, 'event')]),
    ...(alerts === null ? [] : [plural(alerts, 'alert')]),
  ];
  if (counts.length === 0) return null;
  return (
    <p className={classes['held']} data-none={(events ?? alerts) === 0}>
      holds for {counts.join(', ')}
    </p>
  );
}
