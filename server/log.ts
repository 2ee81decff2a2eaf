import pino, { type Logger } from 'pino';

/** Kinds of trouble and places in our code, but not what a message says of the data: it may quote an event. */
function withoutMessage(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { type: error.name, ...('code' in error && { code: error.code }), stack: frames.join('\n') };
}

/** The program's log: JSON lines on standard error. Messages of errors are in it at level `debug` and finer only. */
export function openLog(level: string): Logger {
  const isFine = level === 'debug' || level === 'trace';
  const err = isFine ? pino.stdSerializers.err : withoutMessage;
  return pino({ level, base: null, serializers: { err } }, pino.destination(2));
}
