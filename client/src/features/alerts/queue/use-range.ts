import { useCallback, useState } from 'react';

/** Divides a block, so that no block is read of which no line is in sight. */
const STEP = 50;

/** The lines in sight, in steps of fifty: the page around the list is not drawn anew at every line that comes into sight. */
export function useRange() {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number): void => {
    const from = Math.floor(first / STEP) * STEP;
    const to = Math.floor(last / STEP) * STEP + STEP - 1;
    setRange((now) => (now.first === from && now.last === to ? now : { first: from, last: to }));
  }, []);
  return { range, onRange };
}
