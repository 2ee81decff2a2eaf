import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Repeating, repeat } from './repeat.ts';

let times = 0;
let together = 0;
let most = 0;
const failures: unknown[] = [];
let repeating: Repeating;

/** Work that takes a second, and fails the second time. */
async function work(signal: AbortSignal): Promise<void> {
  times += 1;
  together += 1;
  most = Math.max(most, together);
  try {
    await new Promise<void>((resolve, reject) => {
      setTimeout(resolve, 1000);
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    if (times === 2) throw new Error('the second time');
  } finally {
    together -= 1;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  [times, together, most, failures.length] = [0, 0, 0, 0];
  repeating = repeat({ work, pause: (took) => 9 * took, failed: (error) => failures.push(error) });
});
afterEach(async () => {
  await repeating.close();
  vi.useRealTimers();
});

test('it is done again after a pause that follows from how long it took, also where it failed', async () => {
  repeating.within(500);
  await vi.advanceTimersByTimeAsync(499);
  expect(times).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(times).toBe(1);
  await vi.advanceTimersByTimeAsync(9_999);
  expect(times).toBe(1);
  await vi.advanceTimersByTimeAsync(20_001);
  expect([times, failures]).toEqual([4, [new Error('the second time')]]);
});

test('asked for sooner it comes sooner, once, and never beside itself', async () => {
  repeating.within(60_000);
  repeating.within(100);
  repeating.within(30_000);
  await vi.advanceTimersByTimeAsync(200);
  expect(times).toBe(1);
  repeating.within(100);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([times, most]).toEqual([2, 1]);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(times).toBe(2);
});

test('once closed, what was under way has stopped, nothing failed and nothing follows', async () => {
  repeating.within(0);
  await vi.advanceTimersByTimeAsync(10);
  expect([times, together]).toEqual([1, 1]);
  await repeating.close();
  expect(together).toBe(0);
  repeating.within(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([times, failures]).toEqual([1, []]);
});
