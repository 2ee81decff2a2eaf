import { Refusal } from '#server/refusal.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { openRecentIds } from './recent-ids.ts';
import { framesOf } from './segment.ts';
import type { SourceBook } from './source-book.ts';
import { encodeFrame, type Frame } from './stream-frame.ts';
import type { StreamSpool } from './stream-spool.ts';

/** Ids of records that may still wait to be loaded: of some tens of megabytes. */
const RECENT_IDS = 100_000;

/** The door for events that are sent: what it has taken is safe. */
export interface Intake {
  /** Refuses what would be refused anyway, before it is read. */
  readonly checkRoom: (bytes: number) => void;
  /** Takes these frames whole or refuses them whole; when it resolves they are on disk. */
  readonly accept: (frames: readonly Frame[]) => Promise<void>;
  /** Which of these event ids are known: stored, or among the last that came. */
  readonly knownIds: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Remembers ids that were just accepted. */
  readonly remember: (ids: readonly string[]) => void;
  /** Where the next byte of a resumable stream belongs; 0 for one that is not known. */
  readonly offsetOf: (stream: string) => Promise<number>;
  /** Lends a resumable stream to one sender at a time. */
  readonly hold: <Value>(stream: string, work: () => Promise<Value>) => Promise<Value>;
}

export interface IntakeOptions {
  readonly spool: StreamSpool;
  readonly store: EventStore;
  readonly state: State;
  readonly book: SourceBook;
}

/** Reads in what the process before this one left how far its streams have come. */
export async function openIntake({ spool, store, state, book }: IntakeOptions): Promise<Intake> {
  const recent = openRecentIds(RECENT_IDS);
  const offsets = new Map<string, number>();
  const held = new Set<string>();
  const note = (frame: Frame): void => {
    if (frame.stream) offsets.set(frame.stream.id, frame.stream.next);
  };
  for (const segment of spool.left) {
    for await (const frame of framesOf(segment)) note(frame);
  }

  return {
    checkRoom: spool.checkRoom,
    async accept(frames) {
      await spool.append(frames.map(encodeFrame));
      for (const frame of frames) {
        note(frame);
        book.noteArrival(frame);
      }
    },
    async knownIds(ids) {
      if (ids.length === 0) return new Set();
      const fresh = ids.filter((id) => !recent.has(id));
      const stored = await store.numbersOf(fresh);
      return new Set(ids.filter((id) => recent.has(id) || stored.has(id)));
    },
    remember(ids) {
      for (const id of ids) recent.add(id);
    },
    async offsetOf(stream) {
      const known = offsets.get(stream);
      if (known !== undefined) return known;
      const row = await state
        .selectFrom('streamOffsets')
        .select('next')
        .where('stream', '=', stream)
        .executeTakeFirst();
      return row?.next ?? 0;
    },
    async hold(stream, work) {
      if (held.has(stream)) throw new Refusal('conflict', 'Another sender is at work on this stream.');
      held.add(stream);
      try {
        return await work();
      } finally {
        held.delete(stream);
      }
    },
  };
}
