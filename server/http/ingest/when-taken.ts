import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'express';
import { Refusal } from '#server/refusal.ts';

const LOOK_EVERY_MILLISECONDS = 100;

/** Who waits, and up to which moment of `performance.now`. */
export interface Wait {
  readonly until: number;
  readonly response: Response;
}

/**
 * Does what may be refused, again and again until it is not, or patience ends. Most overload is over by then, and never told:
 * clients of Elasticsearch ask three times more without a pause, and give up.
 */
export async function whenTaken<Value>(work: () => Value | Promise<Value>, { until, response }: Wait): Promise<Value> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refusal) || response.destroyed || performance.now() > until) throw error;
    }
    await sleep(LOOK_EVERY_MILLISECONDS);
  }
}
