import { ChartFrame } from '#client/ui/chart/chart-frame.tsx';
import type { RarityResult } from '#shared/rarity/rarity.ts';
import { isInside, type Thresholds } from '#shared/rarity/thresholds.ts';
import { Scatter } from './scatter.tsx';

const HEIGHT = 210;

/** Groups by how many events they have and on how many hosts; the thresholds as lines. */
export function RarityScatter({
  result,
  thresholds = result.thresholds,
  onMove,
  onSettle,
}: {
  readonly result: RarityResult;
  readonly thresholds?: Thresholds;
  readonly onMove?: (thresholds: Thresholds) => void;
  readonly onSettle?: (thresholds: Thresholds) => void;
}) {
  return (
    <ChartFrame
      label="Groups by events and hosts"
      height={HEIGHT}
      table={{
        columns: ['Events', 'Hosts', 'Agents', 'Groups', 'Inside the thresholds'],
        rows: result.cells.map((cell) => [
          cell.count,
          cell.hosts,
          cell.agents,
          cell.groups,
          isInside(cell, thresholds) ? 'yes' : 'no',
        ]),
      }}
    >
      <Scatter result={result} thresholds={thresholds} onMove={onMove} onSettle={onSettle} />
    </ChartFrame>
  );
}
