import type { Logger } from 'pino';
import { openEvaluator } from '#server/alerts/evaluator.ts';
import { type MatchKeeper, openMatchKeeper } from '#server/alerts/match-keeper.ts';
import { knownOccurrences, reportedBefore } from '#server/alerts/reported.ts';
import { ruleBookOf } from '#server/alerts/rule-book.ts';
import { caseResultsOf } from '#server/alerts/rule-detail.ts';
import { disabledRules } from '#server/alerts/rule-settings.ts';
import type { Config } from '#server/config.ts';
import { countHits } from '#server/exceptions/hits.ts';
import { readStanding } from '#server/exceptions/standing.ts';
import { type AnswerWatch, openAnswerWatch } from '#server/guide/answer-watch.ts';
import type { Services } from '#server/http/services.ts';
import { openRetention } from '#server/ingest/retention.ts';
import { openScheduler, type Scheduler } from '#server/ingest/scheduler.ts';
import type { StreamLoader } from '#server/ingest/streams/stream-loader.ts';
import { bundledSamples } from '#server/ingest/uploads/samples.ts';
import { openUploads } from '#server/ingest/uploads/uploads.ts';
import { openLiveHub } from '#server/live/live-hub.ts';
import { openLiveStreams } from '#server/live/live-stream.ts';
import { SYSTEM } from '#server/state/activity.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import type { Opened } from './data.ts';
import type { StreamParts } from './streams.ts';
import type { Surroundings } from './surroundings.ts';
import { tuningOf } from './tuning.ts';

/** What runs, and what requests are answered with; nothing is started. */
export interface Parts {
  readonly services: Services;
  readonly scheduler: Scheduler;
  readonly matchKeeper: MatchKeeper;
  readonly answerWatch: AnswerWatch;
  readonly loader: StreamLoader;
  readonly closeTuning: () => Promise<void>;
}

/** Wires what runs over the data. */
export function partsOf(
  config: Config,
  log: Logger,
  { clock, writeDemo }: Surroundings,
  { state, store, library, made, version }: Opened,
  streams: StreamParts,
): Parts {
  const changes = openLiveHub();
  const { publish, listen: listenTo } = changes;
  const rules = ruleBookOf(library, store);
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
    known: (ids, tick) => knownOccurrences(state, ids, tick),
  });
  const matchKeeper = openMatchKeeper({
    ...{ store, enabled, exceptions, clock, log },
    expired: () => publish('exceptions'),
  });
  listenTo((topics) => {
    if (topics.includes('exceptions')) matchKeeper.refresh();
  });
  const { close: closeTuning, ...tuning } = tuningOf({
    ...{ state, store, rules, enabled, matchKeeper, clock, log, publish },
  });
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
    ...tuning,
    uploads,
    ingest: streams.ingest,
    spool: streams.spool,
    failed: streams.failed,
    retention: openRetention({ state, store, clock, log, publish, defaults: config.retention }),
    changes,
    live: openLiveStreams(listenTo),
    log,
    version,
    author: () => ({ actor: config.actor, now: clock() }),
    publish,
  };
  const loader = streams.loaderFor({ evaluate: evaluator.arrived, publish });
  const ready = async () => (await enabled()).filter(({ rule }) => rules.lacking(rule.slug).length === 0);
  const scheduler = openScheduler({ state, store, evaluator, ready, clock, log, publish });
  const answerWatch = openAnswerWatch({ state, store, rules, clock, log, publish });
  return { services, scheduler, matchKeeper, answerWatch, loader, closeTuning };
}
