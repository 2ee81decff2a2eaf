import pino from 'pino';
import { type Application, startApplication } from './compose.ts';
import { readConfig } from './config.ts';

/** Leaves with one line for the person at the terminal. */
function leave(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const config = readConfig(process.env, process.argv.slice(2), process.cwd());
if (!config.ok) leave(config.error);

const log = pino({ level: config.value.logLevel, base: null }, pino.destination(2));

const application = await startApplication(config.value, log).catch((error: unknown) => leave(explain(error)));
process.stdout.write(`Oddspawn is at ${application.url}\n`);
endWith(application);

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `Port ${config.ok ? config.value.port : ''} is taken. Set ODDSPAWN_PORT to a free one.`;
  }
  log.debug({ err: error }, 'start failed');
  return error.message;
}

/** Ends in order on the first signal, at once on the second. */
function endWith(running: Application): void {
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(1);
      ending = true;
      running.close().then(
        () => process.exit(0),
        (error: unknown) => leave(explain(error)),
      );
    });
  }
}
