import { setImmediate as pause } from 'node:timers/promises';
import type { Milliseconds } from '#shared/base/time.ts';

/** Work that stops now and then, where it may go on later. */
export type Work<Value> = Generator<undefined, Value>;

/** Longer, and who waits for something else would notice. */
const TURN: Milliseconds = 10;

/** Does work in turns, between which others have theirs. */
export async function inTurns<Value>(work: Work<Value>, signal: AbortSignal): Promise<Value> {
  for (;;) {
    const end = performance.now() + TURN;
    while (performance.now() < end) {
      const step = work.next();
      if (step.done) return step.value;
    }
    await pause();
    signal.throwIfAborted();
  }
}

/** The same in one go. */
export function atOnce<Value>(work: Work<Value>): Value {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The items, with a stop after so many. */
export function* stopping<Item>(items: Iterable<Item>, each: (item: Item) => void, every = 500): Work<void> {
  let done = 0;
  for (const item of items) {
    each(item);
    done += 1;
    if (done % every === 0) yield;
  }
}
