import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Until a browser has laid the element out. */
const UNKNOWN_WIDTH = 600;

/** The width that an element has, from the first picture on and whenever it changes. */
export function useWidth(): readonly [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(UNKNOWN_WIDTH);
  useLayoutEffect(() => {
    if (!box.current) return;
    if (box.current.clientWidth > 0) setWidth(box.current.clientWidth);
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return [box, width];
}
