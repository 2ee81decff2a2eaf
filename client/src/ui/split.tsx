import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import classes from './split.module.css';

const MIN = 0.25;
const MAX = 0.75;
const STEP = 0.03;

/** Two panes with a divider that pointer and arrow keys move. `share` is the second pane's part of the width. */
export function Split({
  first,
  second,
  share,
  onShare,
}: {
  readonly first: ReactNode;
  readonly second: ReactNode | null;
  readonly share: number;
  readonly onShare: (share: number) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const clamp = (next: number): number => Math.max(MIN, Math.min(MAX, next));
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !box.current) return;
    const { right, width } = box.current.getBoundingClientRect();
    onShare(clamp((right - event.clientX) / width));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    onShare(clamp(share + (event.key === 'ArrowLeft' ? STEP : -STEP)));
  };
  return (
    <div
      className={classes['split']}
      ref={box}
      data-open={second !== null}
      style={{ '--share': `${share * 100}%` } as React.CSSProperties}
    >
      <div className={classes['first']}>{first}</div>
      {second === null ? null : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved, a separator can */}
          <div
            role="separator"
            aria-label="Width of the detail"
            aria-orientation="vertical"
            aria-valuenow={Math.round(share * 100)}
            aria-valuemin={MIN * 100}
            aria-valuemax={MAX * 100}
            tabIndex={0}
            className={classes['divider']}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag}
            onKeyDown={press}
          />
          <div className={classes['second']}>{second}</div>
        </>
      )}
    </div>
  );
}
