import { join } from 'node:path';
import { REAL } from './compose/surroundings.ts';
import { type Application, startApplication } from './compose.ts';
import { type Config, readConfig } from './config.ts';
import { demoOnThread, runDemoTask } from './ingest/uploads/demo-worker.ts';
import { openLog } from './log.ts';

/** This file runs from `.build/server`, two folders below the program's root. */
const ROOT = join(import.meta.dirname, '..', '..');

if (!(await runDemoTask())) await serve();

async function serve(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2), ROOT, process.cwd());
  if (!config.ok) return leave(config.error);
  const log = openLog(config.value.logLevel);
  const surroundings = { ...REAL, writeDemo: demoOnThread(new URL(import.meta.url)) };
  try {
    const application = await startApplication(config.value, log, surroundings);
    endOnSignal(application);
    process.stdout.write(`Oddspawn is at ${application.url}\n`);
    if (application.ingestUrl !== null) process.stdout.write(`Events are taken at ${application.ingestUrl}\n`);
    if (application.loadsDemo) {
      process.stdout.write('There is no data yet: a demo fleet is loading, and its alerts appear there in a moment.\n');
    }
  } catch (error) {
    log.debug({ err: error }, 'start failed');
    leave(explain(error, config.value));
  }
}

/** Leaves with one line for the person at the terminal. */
function leave(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function explain(error: unknown, { port }: Config): string {
  if (!(error instanceof Error)) return String(error);
  const isTaken = 'code' in error && error.code === 'EADDRINUSE';
  return isTaken ? `Port ${port} is taken. Set ODDSPAWN_PORT to a free one.` : error.message;
}

/** Ends in order on the first signal, at once on the second. */
function endOnSignal(application: Application): void {
  let ending = false;
  const end = (): void => {
    if (ending) process.exit(1);
    ending = true;
    application.close().then(
      () => process.exit(0),
      (error: unknown) => leave(error instanceof Error ? error.message : String(error)),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
}
