import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { DAY, formatInstant, HOUR } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { StandingException } from '#shared/rule/exceptions-in-force.ts';
import { openMatchKeeper } from './match-keeper.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ending = (expiresAt: number | null, enabled = true) =>
  ({
    enabled,
    expiresAt: expiresAt === null ? null : formatInstant(expiresAt),
    rules: [],
  }) as unknown as StandingException;

function keeping(exceptions: readonly StandingException[]) {
  const expired = vi.fn();
  const keeper = openMatchKeeper({
    store: openReferenceStore({ catalogue: ECS_PROCESS }),
    enabled: async () => [],
    exceptions: async () => exceptions,
    expired,
    clock: () => Date.now(),
    log: pino({ enabled: false }),
  });
  keeper.refresh();
  return { keeper, expired };
}

test('the first exception to expire is told of once its time has run out, however far away that is', async () => {
  const now = Date.now();
  const { keeper, expired } = keeping([
    ending(null),
    ending(now + 40 * DAY),
    ending(now - HOUR),
    ending(now + DAY, false),
  ]);
  await vi.advanceTimersByTimeAsync(40 * DAY);
  expect(expired).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(expired).toHaveBeenCalledTimes(1);
  keeper.refresh();
  await vi.advanceTimersByTimeAsync(90 * DAY);
  expect(expired).toHaveBeenCalledTimes(1);
  await keeper.close();
});

test('a keeper that is closed tells of nothing', async () => {
  const { keeper, expired } = keeping([ending(Date.now() + HOUR)]);
  await vi.advanceTimersByTimeAsync(0);
  await keeper.close();
  await vi.advanceTimersByTimeAsync(DAY);
  expect(expired).not.toHaveBeenCalled();
});
