import { setTimeout as after } from 'node:timers/promises';
import type { Logger } from 'pino';
import { switchRule } from '#server/alerts/rule-settings.ts';
import { Refusal } from '#server/refusal.ts';
import type { LoadedRule } from '#server/rules/load.ts';
import type { Author } from '#server/state/activity.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { Cancelled, openWorkList, ShuttingDown, type Work } from '#server/timing/work-list.ts';
import type { FieldReading } from '#shared/api/field-reading.ts';
import type { LiveTopic } from '#shared/api/status.ts';
import { formatInstant, type Instant, type Milliseconds, SECOND } from '#shared/base/time.ts';
import { catalogueOf, type FieldCatalogue } from '#shared/event/field.ts';
import { mergeFields } from '#shared/event/merge-fields.ts';
import { lackingFields, widenForRules } from '#shared/rule/widen-for-rule.ts';

export interface FieldReaderOptions {
  readonly state: State;
  readonly store: EventStore;
  /** The rules that are switched on. */
  readonly enabled: () => Promise<readonly LoadedRule[]>;
  readonly clock: () => Instant;
  readonly log: Logger;
  readonly publish: (...topics: readonly LiveTopic[]) => void;
  /** To be called when the events have more fields, or rules were switched off: rules may run that could not, and the other way round. */
  readonly rulesChanged: () => Promise<void>;
}

/**
 * Gives stored events the fields that rules read and they lack, in the background: a rule that is saved waits for them, and is run from
 * then on. What rules that are on lack is read after a restart too; nothing else of it needs to be remembered.
 */
export interface FieldReader {
  /** Begins to read these fields where the events lack them. Tells after a moment at most whether they are there. */
  readonly read: (wanted: FieldCatalogue) => Promise<boolean>;
  /** The same for what rules that are on lack; to be called when they have changed. */
  readonly refresh: () => Promise<boolean>;
  readonly current: () => FieldReading;
  /** Stops it, and switches the rules off that wait for it. Refused where there is nothing to stop. */
  readonly cancel: (author: Author) => Promise<void>;
  /** Stops it, to be begun again by the next process. */
  readonly close: () => Promise<void>;
}

/** So long a request waits: few events are read by then, and whoever asked is spared to come back. */
const MOMENT: Milliseconds = SECOND;

type Current = NonNullable<FieldReading['current']>;
type Ended = NonNullable<FieldReading['last']>;
type Ending = Pick<Ended, 'status' | 'without' | 'error'>;

const NOTHING = catalogueOf([]);
const ONLY = 'fields';

export function openFieldReader(options: FieldReaderOptions): FieldReader {
  const { store, publish, clock, log } = options;
  const underway = openWorkList<Current>(() => publish('fields'));
  let wanted: FieldCatalogue = NOTHING;
  let last: Ended | null = null;
  let running: Promise<void> | null = null;
  let isClosed = false;

  const lacking = (asked: FieldCatalogue): readonly string[] => mergeFields(store.catalogue.fields, asked.fields).grown;

  async function waiting(): Promise<Current['rules']> {
    const rules = (await options.enabled()).map(({ rule }) => rule);
    return rules
      .filter((rule) => lackingFields(store.catalogue, rule).length > 0)
      .map(({ slug, name }) => ({ slug, name }));
  }

  /** What is wanted while fields are read is read next: between the last look and `running` nothing else has its turn. */
  async function readAll(): Promise<void> {
    try {
      while (lacking(wanted).length > 0 && !isClosed) await readWanted();
    } finally {
      running = null;
    }
  }

  async function readWanted(): Promise<void> {
    const startedAt = formatInstant(clock());
    const begun = { fields: [...lacking(wanted)], rules: await waiting(), startedAt };
    const work = underway.begin(ONLY, { ...begun, progress: 0 });
    try {
      const ending = await readOnce(work);
      if (ending.status === 'done') await options.rulesChanged();
      else wanted = NOTHING;
      last = { ...begun, ...ending, finishedAt: formatInstant(clock()) };
    } finally {
      work.end();
    }
  }

  async function readOnce(work: Work<Current>): Promise<Ending> {
    const onProgress = (progress: number | null): void => work.report({ progress });
    try {
      const without = await store.addFields(wanted, { signal: work.signal, onProgress });
      return { status: 'done', without, error: null };
    } catch (error) {
      if (work.signal.aborted) return { status: 'cancelled', without: 0, error: null };
      log.error({ err: error }, 'fields could not be read from stored records');
      return { status: 'failed', without: 0, error: error instanceof Error ? error.message : String(error) };
    }
  }

  async function read(more: FieldCatalogue): Promise<boolean> {
    if (isClosed || lacking(more).length === 0) return !isClosed;
    wanted = catalogueOf(mergeFields(wanted.fields, more.fields).fields);
    running ??= readAll();
    await Promise.race([running, after(MOMENT, undefined, { ref: false })]);
    return lacking(more).length === 0;
  }

  return {
    read,
    async refresh() {
      const rules = (await options.enabled()).map(({ rule }) => rule);
      return read(widenForRules(store.catalogue, rules));
    },
    current: () => ({ current: underway.find(ONLY)?.progress ?? null, last }),
    async cancel(author) {
      const work = underway.find(ONLY);
      work?.controller.abort(new Cancelled(author.actor));
      await work?.ended;
      if (!work || last?.status !== 'cancelled') {
        throw new Refusal('conflict', 'Nothing is being read any more; there is nothing to cancel.');
      }
      for (const { slug } of await waiting()) await switchRule(options.state, author, slug, false);
      await options.rulesChanged();
    },
    async close() {
      isClosed = true;
      underway.find(ONLY)?.controller.abort(new ShuttingDown());
      await running;
    },
  };
}
