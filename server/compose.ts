import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Instant } from '#shared/base/time.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { widenForRules } from '#shared/rule/widen-for-rule.ts';
import { openEvaluator } from './alerts/evaluator.ts';
import { type MatchKeeper, openMatchKeeper } from './alerts/match-keeper.ts';
import { reportedBefore } from './alerts/reported.ts';
import { type MadeByUsers, readMadeByUsers, ruleBookOf } from './alerts/rule-book.ts';
import { caseResultsOf } from './alerts/rule-detail.ts';
import { disabledRules } from './alerts/rule-settings.ts';
import { listenForEvents, openStreams, type StreamParts } from './compose-streams.ts';
import type { Config } from './config.ts';
import { countHits } from './exceptions/hits.ts';
import { readStanding } from './exceptions/standing.ts';
import { type AnswerWatch, openAnswerWatch } from './guide/answer-watch.ts';
import { createApp } from './http/app.ts';
import { listen } from './http/listen.ts';
import type { Services } from './http/services.ts';
import { openRetention } from './ingest/retention.ts';
import { bundledSamples, DEMO_FLEET, type DemoWriter, demoInPlace } from './ingest/samples.ts';
import { openScheduler, type Scheduler } from './ingest/scheduler.ts';
import type { StreamLoader } from './ingest/stream-loader.ts';
import { openUploads } from './ingest/uploads.ts';
import { openLiveHub } from './live/live-hub.ts';
import { openLiveStreams } from './live/live-stream.ts';
import { loadRules, type RuleLibrary } from './rules/load.ts';
import { SYSTEM } from './state/activity.ts';
import { lockFolder } from './state/lock-folder.ts';
import { openState, type State } from './state/open-state.ts';
import { openDuckdbStore } from './store/duckdb/open.ts';
import type { EventStore } from './store/event-store.ts';
import { openReferenceStore } from './store/reference/reference-store.ts';
import { openRuleEditor } from './tuning/rule-editing.ts';

/** What a test puts in place of the world. */
export interface Surroundings {
  readonly clock: () => Instant;
  readonly openStore: (path: string, config: Config, log: Logger, catalogue: FieldCatalogue) => Promise<EventStore>;
  readonly writeDemo: DemoWriter;
  /** Whether an answer that breaks its schema fails the request. */
  readonly strictAnswers: boolean;
}

/** The real ones, but for how the demo is made: on this thread. */
export const REAL: Surroundings = {
  clock: Date.now,
  openStore: (path, { memoryLimit }, log, catalogue) =>
    openDuckdbStore({
      path,
      catalogue,
      log: (line) => log.info(line),
      memoryLimit,
    }),
  writeDemo: demoInPlace,
  strictAnswers: false,
};

/** The running program. */
export interface Application {
  readonly url: string;
  /** Where events are taken besides; null for nowhere. */
  readonly ingestUrl: string | null;
  /** There was no data, and the demo is on its way in. */
  readonly loadsDemo: boolean;
  /** Stops taking requests, leaves unfinished uploads to the next process, and closes what it holds. */
  readonly close: () => Promise<void>;
}

/** Opens the data folder, wires the parts and listens. Rejects with one clear line where the folder is in use. */
export async function startApplication(
  config: Config,
  log: Logger,
  surroundings: Surroundings = REAL,
): Promise<Application> {
  for (const name of ['spool', 'quarantine']) {
    await mkdir(join(config.dataFolder, name), { recursive: true, mode: 0o700 });
  }
  const lock = lockFolder(config.dataFolder);
  const closers: (() => Promise<void> | void)[] = [() => lock.release()];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer();
  };
  try {
    const started = await wire(config, log, surroundings, (closer) => {
      closers.push(closer);
    });
    return { ...started, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type OnClose = (closer: () => Promise<void> | void) => void;

async function wire(
  config: Config,
  log: Logger,
  surroundings: Surroundings,
  onClose: OnClose,
): Promise<Omit<Application, 'close'>> {
  const opened = await openAll(config, log, surroundings.openStore);
  onClose(async () => {
    await opened.store.close();
    await opened.state.destroy();
  });
  const streams = await openStreams(config, { ...opened, log, clock: surroundings.clock });
  const { services, scheduler, matchKeeper, answerWatch, loader } = partsOf(config, log, surroundings, opened, streams);
  const { host, port, root } = config;
  const { strictAnswers } = surroundings;
  const app = createApp(services, { host, strictAnswers, clientFolder: join(root, '.build', 'client') });
  const listening = await listen(app, host, port);
  onClose(async () => {
    const closed = listening.close();
    services.live.close();
    await Promise.all([closed, scheduler.close(), answerWatch.close(), matchKeeper.close(), services.uploads.close()]);
    await loader.close();
    await services.retention.close();
    await streams.spool.close();
  });
  const ingesting = config.ingest && (await listenForEvents(streams.ingest, config.ingest));
  onClose(async () => ingesting?.close());
  matchKeeper.refresh();
  await services.uploads.resume();
  const loadsDemo = config.demo && (await loadDemo(services));
  scheduler.start();
  answerWatch.start();
  loader.start();
  services.retention.start();
  return { url: listening.url, ingestUrl: ingesting?.url ?? null, loadsDemo };
}

interface Parts {
  readonly services: Services;
  readonly scheduler: Scheduler;
  readonly matchKeeper: MatchKeeper;
  readonly answerWatch: AnswerWatch;
  readonly loader: StreamLoader;
}

function partsOf(
  config: Config,
  log: Logger,
  { clock, writeDemo }: Surroundings,
  { state, store, library, made, version }: Opened,
  streams: StreamParts,
): Parts {
  const { publish, listen: listenTo } = openLiveHub();
  const rules = ruleBookOf(library, store.catalogue);
  rules.load(made);
  const enabled = async () => {
    const off = await disabledRules(state);
    return rules.all.filter(({ rule }) => !off.has(rule.slug));
  };
  const exceptions = () => readStanding(state);
  const evaluator = openEvaluator({
    store,
    clock,
    enabled,
    exceptions,
    spared: async (slug) => {
      const author = { actor: SYSTEM, now: clock() };
      await countHits({ state, store, rules, author }, slug).catch((error: unknown) =>
        log.warn({ error, slug }, 'hits not counted'),
      );
    },
    reported: (rule, before) => reportedBefore(state, rule, before),
  });
  const matchKeeper = openMatchKeeper({
    ...{ store, enabled, exceptions, clock, log },
    expired: () => publish('exceptions'),
  });
  listenTo((topics) => {
    if (topics.includes('exceptions')) matchKeeper.refresh();
  });
  const rulesSwitched = (): void => {
    matchKeeper.refresh();
    publish('rules');
  };
  const uploads = openUploads({
    state,
    store,
    log,
    clock,
    publish,
    folder: config.dataFolder,
    limit: config.uploadLimit,
    partBytes: config.uploadPart,
    samples: bundledSamples(config.root, clock, writeDemo),
    evaluate: evaluator.replayAll,
  });
  const services: Services = {
    state,
    store,
    rules,
    caseResults: caseResultsOf({
      rules,
      clock,
      exceptions: () => readStanding(state),
      openEmpty: () => openReferenceStore({ catalogue: store.catalogue }),
    }),
    evaluator,
    ruleEditor: openRuleEditor({ state, rules, catalogue: store.catalogue, onChange: rulesSwitched }),
    rulesSwitched,
    uploads,
    ingest: streams.ingest,
    spool: streams.spool,
    failed: streams.failed,
    retention: openRetention({ state, store, clock, log, publish, defaults: config.retention }),
    live: openLiveStreams(listenTo),
    log,
    version,
    author: () => ({ actor: config.actor, now: clock() }),
    publish,
  };
  const loader = streams.loaderFor({ evaluate: evaluator.arrived, publish });
  const scheduler = openScheduler({ state, store, evaluator, enabled, clock, log, publish });
  const answerWatch = openAnswerWatch({ state, store, rules, clock, log, publish });
  return { services, scheduler, matchKeeper, answerWatch, loader };
}

interface Opened {
  readonly state: State;
  readonly store: EventStore;
  readonly library: RuleLibrary;
  readonly made: MadeByUsers;
  readonly version: string;
}

async function openAll(config: Config, log: Logger, openStore: Surroundings['openStore']): Promise<Opened> {
  const [state, library, version] = await Promise.all([
    openState(join(config.dataFolder, 'state.db')),
    loadRules(join(config.root, 'rules')),
    readVersion(config.root),
  ]);
  const made = await readMadeByUsers(state);
  const fields = fieldsWanted(library, made);
  const store = await openStore(join(config.dataFolder, 'events.duckdb'), config, log, fields);
  return { state, store, library, version, made };
}

/** The fields of process events, and those that rules name beyond them as of the start. */
function fieldsWanted(library: RuleLibrary, made: MadeByUsers): FieldCatalogue {
  const book = ruleBookOf(library, ECS_PROCESS);
  book.load(made);
  return widenForRules(
    ECS_PROCESS,
    book.all.map(({ rule }) => rule),
  );
}

async function readVersion(root: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}

/** Begins to load the demo, at the first start only: an emptied console stays empty. Tells whether it did. */
async function loadDemo({ uploads, store, author }: Services): Promise<boolean> {
  const { events } = await store.statistics();
  if (events > 0 || (await uploads.list()).length > 0) return false;
  await uploads.addSample(DEMO_FLEET, { actor: SYSTEM, now: author().now });
  return true;
}
