import { type CSSProperties, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { setPreference } from '#client/stores/preferences.ts';
import { Button } from '#client/ui/button.tsx';
import classes from './tour.module.css';
import { TOUR_STEPS } from './tour-steps.ts';

const CARD = { width: 330, height: 170, gap: 10 } as const;
/** Rows come after the page, and windows change. */
const LOOK_AGAIN_MS = 300;
const NOWHERE = { left: 0, top: 0, width: 0, height: 0 } as const;

/** What is where, in a few cards: once, on the demo. The page stays usable behind them. */
export function Tour() {
  const [at, setAt] = useState(0);
  const step = TOUR_STEPS[at];
  const card = useRef<HTMLElement>(null);
  const target = useBox(step?.at);
  const end = (): void => setPreference('toured', true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each card takes the focus when it comes
  useEffect(() => card.current?.focus(), [at]);
  if (!step) return null;
  const isLast = at === TOUR_STEPS.length - 1;
  return (
    <>
      <div className={classes['mark']} style={target} />
      <section
        ref={card}
        role="dialog"
        aria-label={`Tour, ${at + 1} of ${TOUR_STEPS.length}: ${step.title}`}
        tabIndex={-1}
        className={classes['card']}
        style={beside(target)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') end();
          else if (event.key === 'ArrowRight' && !isLast) setAt(at + 1);
          else if (event.key === 'ArrowLeft' && at > 0) setAt(at - 1);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <h2>{step.title}</h2>
        <p>{step.text}</p>
        <div className={classes['buttons']}>
          <span className="dim">
            {at + 1} of {TOUR_STEPS.length}
          </span>
          {isLast ? null : (
            <Button look="quiet" keys="Escape" onClick={end}>
              Skip
            </Button>
          )}
          {at > 0 ? <Button onClick={() => setAt(at - 1)}>Back</Button> : null}
          <Button look="primary" onClick={() => (isLast ? end() : setAt(at + 1))}>
            {isLast ? 'Done' : 'Next'}
          </Button>
        </div>
      </section>
    </>
  );
}

type Box = Readonly<Record<'left' | 'top' | 'width' | 'height', number>>;

const isSame = (one: Box, other: Box): boolean =>
  one.left === other.left && one.top === other.top && one.width === other.width && one.height === other.height;

/** Where the first element of this kind is, also once the page has grown or the window changed. */
function useBox(selector: string | undefined): Box {
  const [box, setBox] = useState<Box>(NOWHERE);
  useLayoutEffect(() => {
    const measure = (): void => {
      const found = selector === undefined ? null : document.querySelector(selector);
      const { left, top, width, height } = found?.getBoundingClientRect() ?? NOWHERE;
      setBox((now) => (isSame(now, { left, top, width, height }) ? now : { left, top, width, height }));
    };
    measure();
    const timer = setInterval(measure, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [selector]);
  return box;
}

/** Below the place where there is room, else above it or, over what fills the window, in its middle. */
function beside({ left, top, width, height }: Box): CSSProperties {
  const { innerWidth, innerHeight } = window;
  const isBelow = top + height + CARD.gap + CARD.height < innerHeight;
  const isAbove = top - CARD.gap - CARD.height > 0;
  if (width === 0 || (!isBelow && !isAbove)) {
    return { left: (innerWidth - CARD.width) / 2, top: (innerHeight - CARD.height) / 2 };
  }
  const within = Math.max(CARD.gap, Math.min(left + CARD.gap, innerWidth - CARD.width - CARD.gap));
  return isBelow
    ? { left: within, top: top + height + CARD.gap }
    : { left: within, bottom: innerHeight - top + CARD.gap };
}
