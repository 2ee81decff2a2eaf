import { lazy, type ReactNode, Suspense } from 'react';
import { setPreference, usePreferences } from '#client/stores/preferences.ts';
import { IconButton } from '../button.tsx';
import { IconChartBar, IconTable } from '../icons.ts';
import classes from './chart.module.css';
import type { StackedBarsProps } from './stacked-bars.tsx';

export const StackedBars = lazyChart<StackedBarsProps>(() =>
  import('./stacked-bars.tsx').then((module) => ({ default: module.StackedBars })),
);

function lazyChart<Props extends object>(load: () => Promise<{ default: (props: Props) => ReactNode }>) {
  return lazy(load);
}

/** A chart of fixed height with its numbers one button away, for whoever cannot or will not read the picture. */
export function ChartFrame({
  label,
  height,
  table,
  children,
}: {
  readonly label: string;
  readonly height: number;
  readonly table: { readonly columns: readonly string[]; readonly rows: readonly (readonly ReactNode[])[] };
  readonly children: ReactNode;
}) {
  const asTable = usePreferences((store) => store.chartAsTable);
  return (
    <figure className={classes['frame']} aria-label={label} style={{ height }}>
      <span className={classes['switch']}>
        <IconButton
          label={asTable ? 'Show as chart' : 'Show as table'}
          icon={asTable ? IconChartBar : IconTable}
          onClick={() => setPreference('chartAsTable', !asTable)}
        />
      </span>
      {asTable ? (
        <ChartTable label={label} {...table} />
      ) : (
        <Suspense fallback={<div className={classes['waiting']} />}>{children}</Suspense>
      )}
    </figure>
  );
}

function ChartTable({
  label,
  columns,
  rows,
}: {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes['tableBox']} aria-label={`${label}, numbers`} tabIndex={0}>
      <table className={classes['table']}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of numbers have no other identity
            <tr key={index}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells stand under their column
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
