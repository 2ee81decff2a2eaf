import type { AppendOptions, Batch } from '#server/store/event-store.ts';
import type { Session, StatementOptions } from '../connection.ts';
import type { Layout } from './schema.ts';

/** One append on its way. */
export interface Job {
  /** Its own: the temporary tables below belong to it. */
  readonly session: Session;
  readonly layout: Layout;
  readonly batch: Omit<Batch, 'path'>;
  readonly options: AppendOptions;
  /** Called when the events stand, before the transaction ends. */
  readonly onStored?: ((session: Session, signal: AbortSignal | undefined) => Promise<void>) | undefined;
  /** For files of this append. */
  readonly folder: string;
}

/** Parts of an append with the shares of its time at which they begin and end, for its progress. */
const PARTS = { expand: [0, 0.15], insert: [0.15, 0.7], exact: [0.7, 0.9], finish: [0.9, 1] } as const;

/** Options for a statement of a part: stops with the append, and reports its progress as a share of the whole. */
export function during({ options }: Job, part: keyof typeof PARTS): StatementOptions {
  const { signal, onProgress } = options;
  const [from, to] = PARTS[part];
  onProgress?.(from);
  signal?.throwIfAborted();
  return { signal, onProgress: onProgress && ((share) => onProgress(from + share * (to - from))) };
}
