import { setImmediate as next } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { atOnce, inTurns, stopping, type Work } from './in-turns.ts';

/** Takes some turns, whatever the machine. */
function* counting(seen: number[]): Work<number> {
  const end = performance.now() + 60;
  yield* stopping(
    [1, 2, 3],
    (item) => {
      seen.push(item);
    },
    1,
  );
  while (performance.now() < end) yield;
  return seen.length;
}

test('work is done in turns, between which others have theirs', async () => {
  let others = 0;
  let isDone = false;
  const watching = (async () => {
    while (!isDone) {
      await next();
      others += 1;
    }
  })();
  expect(await inTurns(counting([]), new AbortController().signal)).toBe(3);
  isDone = true;
  await watching;
  expect(others).toBeGreaterThan(2);
});

test('work whose asker has left ends; at once it is the same work', async () => {
  const controller = new AbortController();
  const work = inTurns(counting([]), controller.signal);
  controller.abort(new Error('left'));
  await expect(work).rejects.toThrow('left');
  const seen: number[] = [];
  expect(atOnce(counting(seen))).toBe(3);
  expect(seen).toEqual([1, 2, 3]);
});
