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
import type { WaitingSaves } from './waiting-saves.ts';

export interface FieldReaderOptions {
  readonly state: State;
  readonly store: EventStore;
  /** Fields that all events are to have: those of this program. */
  readonly standing: FieldCatalogue;
  /** The rules that are switched on. */
  readonly enabled: () => Promise<readonly LoadedRule[]>;
  /** Changes of rules that wait for fields. */
  readonly waiting: Pick<WaitingSaves, 'all' | 'saveReady' | 'callOff'>;
  readonly clock: () => Instant;
  readonly log: Logger;
  readonly publish: (...topics: readonly LiveTopic[]) => void;
  /** To be called when the events have more fields, or rules were switched off: rules may run that could not, and the other way round. */
  readonly rulesChanged: () => Promise<void>;
}

/**
 * Gives stored events the fields that they lack, in the background: those that are new in this program, and those that rules read. A rule
 * that is on waits for them, and is run from then on; a change of a rule waits, and is saved then. What they lack is read after a
 * restart too; nothing else of it needs to be remembered.
 */
export interface FieldReader {
  /** Begins to read these fields where the events lack them. Tells after a moment at most whether they are there. */
  readonly read: (wanted: FieldCatalogue) => Promise<boolean>;
  /** The same for what rules that are on, and changes, wait for; to be called when they have changed. */
  readonly refresh: () => Promise<boolean>;
  /** The same, for what is new in this program besides; changes that the last process left are saved. */
  readonly start: () => Promise<void>;
  readonly current: () => Promise<FieldReading>;
  /** Stops it: rules that wait are switched off, and changes not saved. Refused where there is nothing to stop. */
  readonly cancel: (author: Author) => Promise<void>;
  /** Stops it, to be begun again by the next process. */
  readonly close: () => Promise<void>;
}

/** So long a request waits: few events are read by then, and whoever asked is spared to come back. */
const MOMENT: Milliseconds = SECOND;

type Current = NonNullable<FieldReading['current']>;
type Ended = NonNullable<FieldReading['last']>;
type Waiting = FieldReading['waiting'];
type Ending = Pick<Ended, 'status' | 'without' | 'error'>;

const NOTHING = catalogueOf([]);
const ONLY = 'fields';

export function openFieldReader(options: FieldReaderOptions): FieldReader {
  const { state, store, publish, clock, log, rulesChanged } = options;
  const underway = openWorkList<Current>(() => publish('fields'));
  let wanted: FieldCatalogue = NOTHING;
  let last: Ended | null = null;
  let running: Promise<void> | null = null;
  let isClosed = false;

  const lacking = (asked: FieldCatalogue): readonly string[] => mergeFields(store.catalogue.fields, asked.fields).grown;
  const enabled = async () => (await options.enabled()).map(({ rule }) => rule);

  /** What waits where events have these fields. */
  async function waiting(catalogue: FieldCatalogue): Promise<Waiting> {
    const [on, saves] = await Promise.all([enabled(), options.waiting.all()]);
    const without = on.filter((rule) => lackingFields(catalogue, rule).length > 0);
    return {
      rules: without.map(({ slug, name }) => ({ slug, name })),
      changes: saves.map(({ rule: { slug, name }, change: { actor, at } }) => ({ slug, name, actor, at })),
    };
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
    const begun = { fields: [...lacking(wanted)], startedAt: formatInstant(clock()) };
    const before = store.catalogue;
    const work = underway.begin(ONLY, { ...begun, progress: 0 });
    try {
      const ending = await readOnce(work);
      const waited = await waiting(before);
      if (ending.status !== 'done') wanted = NOTHING;
      const changes = ending.status === 'done' ? await takeUp(waited.changes) : waited.changes;
      last = { ...begun, ...ending, waiting: { ...waited, changes }, finishedAt: formatInstant(clock()) };
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

  /** What waited goes on; gives the changes that are saved now. */
  async function takeUp(changes: Waiting['changes']): Promise<Waiting['changes']> {
    await rulesChanged();
    const saved = new Set(await options.waiting.saveReady());
    return changes.filter(({ slug }) => saved.has(slug));
  }

  async function read(more: FieldCatalogue): Promise<boolean> {
    if (isClosed || lacking(more).length === 0) return !isClosed;
    wanted = catalogueOf(mergeFields(wanted.fields, more.fields).fields);
    running ??= readAll().catch((error: unknown) => log.error({ err: error }, 'what waited for fields does not go on'));
    await Promise.race([running, after(MOMENT, undefined, { ref: false })]);
    return lacking(more).length === 0;
  }

  /** What rules that are on, and changes, read. */
  async function needed(): Promise<FieldCatalogue> {
    const saves = await options.waiting.all();
    return widenForRules(store.catalogue, [...(await enabled()), ...saves.map(({ rule }) => rule)]);
  }

  return {
    read,
    refresh: async () => read(await needed()),
    async start() {
      const all = mergeFields((await needed()).fields, options.standing.fields);
      if (await read(catalogueOf(all.fields))) await options.waiting.saveReady();
    },
    current: async () => ({
      current: underway.find(ONLY)?.progress ?? null,
      waiting: await waiting(store.catalogue),
      last,
    }),
    async cancel(author) {
      const work = underway.find(ONLY);
      work?.controller.abort(new Cancelled(author.actor));
      await work?.ended;
      const isTooLate = work !== undefined && last?.status !== 'cancelled';
      const { rules } = await waiting(store.catalogue);
      const calledOff = isTooLate ? 0 : rules.length + (await options.waiting.callOff(author));
      if (isTooLate || (!work && calledOff === 0)) {
        throw new Refusal('conflict', 'Nothing is being read any more; there is nothing to cancel.');
      }
      for (const { slug } of rules) await switchRule(state, author, slug, false);
      await rulesChanged();
    },
    async close() {
      isClosed = true;
      underway.find(ONLY)?.controller.abort(new ShuttingDown());
      await running;
    },
  };
}
