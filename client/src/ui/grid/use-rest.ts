import { type PointerEvent, useEffect, useRef } from 'react';

/** As long as the eye needs: a pointer on its way over the rows rests on none. */
const REST_MS = 70;

/** Tells the row that the pointer has come to rest on, by its number. */
export function useRest(onRest: ((index: number) => void) | undefined) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const at = useRef(-1);
  useEffect(() => () => clearTimeout(timer.current), []);
  const leave = (): void => {
    clearTimeout(timer.current);
    at.current = -1;
  };
  const over = ({ target }: PointerEvent): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    const index = Number(row?.dataset['index'] ?? -1);
    if (index === at.current) return;
    leave();
    at.current = index;
    if (index >= 0) timer.current = setTimeout(() => onRest?.(index), REST_MS);
  };
  return onRest ? { onPointerOver: over, onPointerLeave: leave } : {};
}
