import { useCallback, useEffect, useRef, useState } from 'react';

/** Divides a block of the queue, so that none is read of which no line is in sight. */
const STEP = 50;
/** Where the list has jumped to counts once it stays there: what flies past does not. */
const REST_MS = 60;

interface Range {
  readonly first: number;
  readonly last: number;
}

/** The lines in sight that the list rests on, in steps of fifty: what is around it is not drawn anew at every line that comes into sight. */
export function useRange() {
  const [range, setRange] = useState<Range>({ first: 0, last: STEP - 1 });
  const shown = useRef(range);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  const onRange = useCallback((first: number, last: number): void => {
    const next = { first: Math.floor(first / STEP) * STEP, last: Math.floor(last / STEP) * STEP + STEP - 1 };
    const show = (): void => {
      shown.current = next;
      setRange((now) => (now.first === next.first && now.last === next.last ? now : next));
    };
    clearTimeout(rest.current);
    if (next.first <= shown.current.last && next.last >= shown.current.first) show();
    else rest.current = setTimeout(show, REST_MS);
  }, []);
  return { range, onRange };
}
