import { Fragment } from 'react';
import type { GridColumn } from '#client/ui/grid/grid-column.ts';
import { Absent, Mono } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { SearchColumn, SearchRow } from '#shared/api/search.ts';
import classes from './events.module.css';

type Cell = SearchRow['cells'][number];

/** Fields whose texts are long. */
const WIDE = /command_line$|\.args$|^message$/;

const NUMBERS: ReadonlySet<string> = new Set(['long', 'double']);

/** Columns of a result for the grid: numbers to the right, times in the chosen zone. */
export const resultColumns = (columns: readonly SearchColumn[]): readonly GridColumn<SearchRow>[] =>
  columns.map(({ name, type }, at) => ({
    id: name,
    header: name,
    width: widthOf(name, type),
    ...(NUMBERS.has(type) && { align: 'right' as const }),
    cell: ({ cells }) => <CellText cell={cells[at] ?? null} type={type} />,
  }));

function widthOf(name: string, type: string): string {
  if (type === 'datetime') return '150px';
  if (NUMBERS.has(type)) return `minmax(${Math.max(74, Math.min(name.length, 14) * 8 + 16)}px, 0.6fr)`;
  if (type === 'boolean') return '90px';
  return WIDE.test(name) ? 'minmax(260px, 5fr)' : 'minmax(116px, 1fr)';
}

/** A cell on one line: its values side by side, a dash for none. */
function CellText({ cell, type }: { readonly cell: Cell; readonly type: string }) {
  if (cell === null) return <Absent words="null" />;
  const values = Array.isArray(cell) ? cell : [cell];
  if (type === 'datetime' && values.length === 1) return <TimeText iso={String(values[0])} />;
  if (values.length === 1) return <Mono text={String(values[0])} />;
  return (
    <span className={classes['values']}>
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values stand in their order
        <Fragment key={index}>
          {index > 0 ? <i aria-hidden="true">·</i> : null}
          <Mono text={String(value)} />
        </Fragment>
      ))}
    </span>
  );
}
