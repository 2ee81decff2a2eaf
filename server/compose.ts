import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { openData } from './compose/data.ts';
import { partsOf } from './compose/parts.ts';
import { listenForEvents, openStreams } from './compose/streams.ts';
import { REAL, type Surroundings } from './compose/surroundings.ts';
import type { Config } from './config.ts';
import { createApp } from './http/app.ts';
import { listen } from './http/listen.ts';
import type { Services } from './http/services.ts';
import { DEMO_FLEET } from './ingest/uploads/samples.ts';
import { SYSTEM } from './state/activity.ts';
import { lockFolder } from './state/lock-folder.ts';

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
  const opened = await openData(config, log, surroundings.openStore);
  onClose(async () => {
    await opened.store.close();
    await opened.state.destroy();
  });
  const { clock, patience, strictAnswers } = surroundings;
  const streams = await openStreams(config, { ...opened, log, clock, patience });
  const parts = partsOf(config, log, surroundings, opened, streams);
  const { services, scheduler, matchKeeper, answerWatch, loader } = parts;
  const { host, port, root } = config;
  const app = createApp(services, { host, strictAnswers, clientFolder: join(root, '.build', 'client') });
  const listening = await listen(app, host, port);
  onClose(async () => {
    const closed = listening.close();
    services.live.close();
    await Promise.all([closed, scheduler.close(), answerWatch.close(), matchKeeper.close(), services.uploads.close()]);
    await parts.closeTuning();
    await loader.close();
    await services.retention.close();
    await streams.spool.close();
  });
  const ingesting = config.ingest && (await listenForEvents(streams.ingest, config.ingest));
  onClose(async () => ingesting?.close());
  matchKeeper.refresh();
  await services.fieldReader.start();
  await services.uploads.resume();
  const loadsDemo = config.demo && (await loadDemo(services));
  scheduler.start();
  answerWatch.start();
  loader.start();
  services.retention.start();
  return { url: listening.url, ingestUrl: ingesting?.url ?? null, loadsDemo };
}

/** Begins to load the demo, at the first start only: an emptied console stays empty. Tells whether it did. */
async function loadDemo({ uploads, store, author }: Services): Promise<boolean> {
  const { events } = await store.statistics();
  if (events > 0 || (await uploads.list()).length > 0) return false;
  await uploads.addSample(DEMO_FLEET, { actor: SYSTEM, now: author().now });
  return true;
}
