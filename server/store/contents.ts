import type { EventStore } from './event-store.ts';

/** A word for what the store holds: another one after events came or went. */
export const contentsOf = async (store: Pick<EventStore, 'statistics' | 'lastBatch'>): Promise<string> =>
  JSON.stringify(await Promise.all([store.statistics(), store.lastBatch()]));
