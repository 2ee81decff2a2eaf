import { lazy } from 'react';
import { ChartFrame } from '#client/ui/chart/chart-frame.tsx';
import type { RarityResult } from '#shared/rarity/rarity.ts';
import classes from './rarity.module.css';

const Scatter = lazy(() => import('./scatter.tsx').then((module) => ({ default: module.Scatter })));
const HEIGHT = 210;

/** Groups by how many events they have and on how many hosts; the thresholds as lines. */
export function RarityScatter({ result }: { readonly result: RarityResult }) {
  return (
    <div className={classes['chart']}>
      <ChartFrame
        label="Groups by events and hosts"
        height={HEIGHT}
        table={{
          columns: ['Events', 'Hosts', 'Groups', 'Inside the thresholds'],
          rows: result.cells.map(({ count, hosts, groups, alerting }) => [count, hosts, groups, alerting]),
        }}
      >
        <Scatter result={result} />
      </ChartFrame>
    </div>
  );
}
