import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { compactCount } from '#client/format/number.ts';
import { useWidth } from '#client/ui/chart/use-width.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import type { RarityResult } from '#shared/rarity/rarity.ts';
import { countInside, isInside, type Thresholds } from '#shared/rarity/thresholds.ts';
import { agentsLine, agentsOf, countLine, countOf, logScale, thresholdAfter } from './scales.ts';
import classes from './scatter.module.css';

const HEIGHT = 200;
const PAD = { left: 44, right: 14, top: 8, bottom: 30 } as const;
const PLOT = HEIGHT - PAD.top - PAD.bottom;

/** Groups by events and hosts; where the thresholds can be changed, their lines are dragged or moved by arrow keys. */
export function Scatter({
  result: { cells },
  thresholds,
  onMove,
  onSettle,
}: {
  readonly result: RarityResult;
  readonly thresholds: Thresholds;
  /** While a line is on its way. Absent where the lines stand still. */
  readonly onMove?: ((thresholds: Thresholds) => void) | undefined;
  /** When it has come to rest. */
  readonly onSettle?: ((thresholds: Thresholds) => void) | undefined;
}) {
  const [box, width] = useWidth();
  const [dragged, setDragged] = useState<keyof Thresholds | null>(null);
  const plotWidth = Math.max(60, width - PAD.left - PAD.right);
  const x = logScale(Math.max(20, ...cells.map(({ count }) => count)), plotWidth);
  const y = logScale(Math.max(5, ...cells.map(({ hosts }) => hosts)), PLOT);
  const left = (count: number): number => PAD.left + x.at(count);
  const top = (hosts: number): number => PAD.top + PLOT - y.at(hosts);
  const most = Math.max(1, ...cells.map(({ groups }) => groups));
  const alerts = countInside(cells, thresholds);

  const drag = (event: PointerEvent<SVGSVGElement>): void => {
    if (dragged === null || !onMove) return;
    const { left: from, top: above } = event.currentTarget.getBoundingClientRect();
    const value =
      dragged === 'count'
        ? countOf(x.valueAt(event.clientX - from - PAD.left))
        : agentsOf(y.valueAt(PAD.top + PLOT - (event.clientY - above)));
    if (value !== thresholds[dragged]) onMove({ ...thresholds, [dragged]: value });
  };
  const settle = (): void => {
    if (dragged === null) return;
    setDragged(null);
    onSettle?.(thresholds);
  };
  const handle = (name: keyof Thresholds, label: string, largest: number) => ({
    role: 'slider' as const,
    tabIndex: 0,
    'aria-label': label,
    'aria-valuemin': 1,
    'aria-valuemax': Math.max(largest, thresholds[name]),
    'aria-valuenow': thresholds[name],
    'aria-valuetext': `${thresholds[name]}: ${plural(alerts, 'alert')}`,
    className: classes['handle'],
    onPointerDown: (event: PointerEvent<SVGGElement>) => {
      event.currentTarget.ownerSVGElement?.setPointerCapture(event.pointerId);
      setDragged(name);
    },
    onKeyDown: (event: KeyboardEvent) => {
      const value = thresholdAfter(event.key, thresholds[name]);
      if (value === null) return;
      event.preventDefault();
      event.stopPropagation();
      onMove?.({ ...thresholds, [name]: value });
      onSettle?.({ ...thresholds, [name]: value });
    },
  });
  const [atCount, atAgents] = [left(countLine(thresholds.count)), top(agentsLine(thresholds.agents))];
  return (
    <div ref={box} className={classes['box']}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure around it has the name, the sliders theirs */}
      <svg width={width} height={HEIGHT} onPointerMove={drag} onPointerUp={settle} onPointerCancel={settle}>
        {x.ticks.map((tick) => (
          <g key={tick} className={classes['tick']}>
            <path d={`M${left(tick)} ${PAD.top}V${PAD.top + PLOT}`} />
            <text x={left(tick)} y={PAD.top + PLOT + 14} textAnchor="middle">
              {compactCount(tick)}
            </text>
          </g>
        ))}
        {y.ticks.map((tick) => (
          <g key={tick} className={classes['tick']}>
            <path d={`M${PAD.left} ${top(tick)}H${PAD.left + plotWidth}`} />
            <text x={PAD.left - 6} y={top(tick) + 4} textAnchor="end">
              {compactCount(tick)}
            </text>
          </g>
        ))}
        <text className={classes['axis']} x={PAD.left + plotWidth} y={HEIGHT - 3} textAnchor="end">
          events
        </text>
        <text className={classes['axis']} x={2} y={HEIGHT - 3}>
          hosts
        </text>
        <rect
          className={classes['inside']}
          x={PAD.left}
          y={atAgents}
          width={Math.max(0, atCount - PAD.left)}
          height={Math.max(0, PAD.top + PLOT - atAgents)}
        />
        {cells.map((cell) => (
          <circle
            key={`${cell.count}/${cell.hosts}/${cell.agents}`}
            className={classes['cell']}
            data-inside={isInside(cell, thresholds)}
            cx={left(cell.count)}
            cy={top(cell.hosts)}
            r={3.5 + 8 * Math.sqrt(cell.groups / most)}
          >
            <title>
              {`${plural(cell.groups, 'group')} with ${plural(cell.count, 'event')} on ${plural(cell.hosts, 'host')}`}
            </title>
          </circle>
        ))}
        <g {...(onMove ? handle('count', 'Fewer events than', Math.ceil(x.valueAt(plotWidth))) : {})}>
          <path className={classes['grip']} d={`M${atCount} ${PAD.top}V${PAD.top + PLOT}`} />
          <path className={classes['line']} d={`M${atCount} ${PAD.top}V${PAD.top + PLOT}`} />
          <text className={classes['threshold']} x={atCount + 5} y={PAD.top + 11}>
            {`fewer than ${formatCount(thresholds.count)}`}
          </text>
        </g>
        <g {...(onMove ? handle('agents', 'Agents at most', Math.ceil(y.valueAt(PLOT))) : {})} data-across="true">
          <path className={classes['grip']} d={`M${PAD.left} ${atAgents}H${PAD.left + plotWidth}`} />
          <path className={classes['line']} d={`M${PAD.left} ${atAgents}H${PAD.left + plotWidth}`} />
          <text className={classes['threshold']} x={PAD.left + plotWidth - 4} y={atAgents - 4} textAnchor="end">
            {`at most ${plural(thresholds.agents, 'agent')}`}
          </text>
        </g>
      </svg>
    </div>
  );
}
