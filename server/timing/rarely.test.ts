import { expect, test, vi } from 'vitest';
import { rarely } from './rarely.ts';

test('does it at once, then at most once a pause, and never forgets the last time it was asked', () => {
  vi.useFakeTimers();
  const work = vi.fn();
  const ask = rarely(work, 1000);
  for (let count = 0; count < 10; count++) ask();
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5000);
  expect(work).toHaveBeenCalledTimes(2);
  ask();
  expect(work).toHaveBeenCalledTimes(3);
  vi.useRealTimers();
});
