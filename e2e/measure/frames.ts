import type { Page } from '@playwright/test';
import type { Figure } from './figures.ts';
import { processorTime } from './processor-time.ts';

/** How smooth something was: pictures a second, and the longest time without one. */
export interface Smoothness {
  readonly perSecond: number;
  readonly longestMs: number;
  /** Pictures that took longer than two of a screen with 60 a second. */
  readonly long: number;
  /** Milliseconds of a processor that the page's own thread took for one: what holds on a busy machine, too. */
  readonly processorMs: number;
}

const LONG_MS = 34;

/** Scrolls the box up and down for a while, some pixels a picture, and watches the pictures. */
export async function scrollSmoothness(
  page: Page,
  box: string,
  { seconds, pixels }: { readonly seconds: number; readonly pixels: number },
): Promise<Smoothness> {
  const used = await processorTime(page);
  const gaps = await page.evaluate(
    ({ box, seconds, pixels }) =>
      new Promise<readonly number[]>((resolve, reject) => {
        const found = document.querySelector(box);
        if (!found) return reject(new Error(`nothing is at ${box}`));
        const gaps: number[] = [];
        let last = performance.now();
        const end = last + seconds * 1000;
        let by = pixels;
        const step = (now: number): void => {
          gaps.push(now - last);
          last = now;
          if (found.scrollTop + found.clientHeight >= found.scrollHeight - 1) by = -pixels;
          else if (found.scrollTop <= 0) by = pixels;
          found.scrollTop += by;
          if (now < end) requestAnimationFrame(step);
          else resolve(gaps.slice(1));
        };
        requestAnimationFrame(step);
      }),
    { box, seconds, pixels },
  );
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    perSecond: (1000 * gaps.length) / total,
    longestMs: Math.max(...gaps),
    long: gaps.filter((gap) => gap > LONG_MS).length,
    processorMs: (await used()) / gaps.length,
  };
}

/** How smoothly something scrolls, as a figure. */
export const smoothFigure = (name: string, { perSecond, longestMs, long, processorMs }: Smoothness): Figure => ({
  name,
  value: perSecond,
  unit: 'pictures/s',
  bound: 50,
  note: `${processorMs.toFixed(1)} ms of a processor a picture; ${long} longer than ${LONG_MS} ms, longest ${longestMs.toFixed(0)} ms`,
});
