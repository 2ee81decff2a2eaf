import { isIP } from 'node:net';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { LEAST_KEPT_BYTES, type Retention } from '#shared/api/retention.ts';
import { misfitsIn } from '#shared/base/misfit.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';

const GIBIBYTE = 1024 ** 3;

/** Everything that can be set from outside, read once at start. */
export interface Config {
  /** Absolute; created at start where absent. */
  readonly dataFolder: string;
  readonly port: number;
  readonly host: string;
  /** Name that changes are recorded under. */
  readonly actor: string;
  /** Memory limit of the event store, as `2GB`. */
  readonly memoryLimit: string;
  /** Load the demo when there is no data yet. */
  readonly demo: boolean;
  /** Largest upload, in bytes as sent. */
  readonly uploadLimit: number;
  /** Of an upload that is loaded before streams have their turn again, in bytes. */
  readonly uploadPart: number;
  /** Most bytes of acknowledged events that wait to be loaded. */
  readonly spoolLimit: number;
  /** How long events are kept while nobody has set it in the console. */
  readonly retention: Retention;
  /** Where events are taken besides at the console's address; null for nowhere. */
  readonly ingest: IngestListener | null;
  readonly logLevel: string;
  /** Of the running program: where `rules`, the built client and the samples are found. */
  readonly root: string;
}

/** An address that takes events and nothing else. */
export interface IngestListener {
  readonly host: string;
  readonly port: number;
  /** Files with a certificate chain and its private key; null for plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
}

/**
 * With ten million events the process stays below 1 GB, and the event store's answers take no longer than with more: it takes
 * some 300 MB beyond its limit.
 */
export const DEFAULT_MEMORY_LIMIT = '600MB';

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const settings = z.object({
  ODDSPAWN_DATA: z.string().min(1).optional(),
  ODDSPAWN_PORT: z.coerce.number().int().min(0).max(65_535).default(7878),
  ODDSPAWN_HOST: z.string().default('127.0.0.1').refine(isLoopback, {
    message: 'must be a loopback address (127.0.0.1, ::1, localhost): there is no sign-in yet',
  }),
  ODDSPAWN_ACTOR: z.string().trim().min(1).max(100).optional(),
  ODDSPAWN_MEMORY: z
    .string()
    .regex(/^\d+(\.\d+)?\s*(MB|GB|MiB|GiB)$/i, { message: 'must be a size such as 512MB or 2GB' })
    .default(DEFAULT_MEMORY_LIMIT),
  ODDSPAWN_DEMO: z.enum(['on', 'off']).default('on'),
  ODDSPAWN_UPLOAD_LIMIT: z.coerce
    .number()
    .int()
    .positive()
    .default(4 * GIBIBYTE),
  ODDSPAWN_UPLOAD_PART: z.coerce
    .number()
    .int()
    .min(64 * 1024)
    .default(48 * 1024 ** 2),
  ODDSPAWN_SPOOL_LIMIT: z.coerce
    .number()
    .int()
    .positive()
    .default(2 * GIBIBYTE),
  ODDSPAWN_KEEP_DAYS: z.coerce.number().int().min(1).optional(),
  ODDSPAWN_KEEP_BYTES: z.coerce.number().int().min(LEAST_KEPT_BYTES).optional(),
  ODDSPAWN_INGEST_HOST: z.string().optional(),
  ODDSPAWN_INGEST_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  ODDSPAWN_INGEST_TLS_CERT: z.string().optional(),
  ODDSPAWN_INGEST_TLS_KEY: z.string().optional(),
  ODDSPAWN_INGEST_PLAIN: z.enum(['on', 'off']).default('off'),
  ODDSPAWN_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
});

/** `--port 8080` sets ODDSPAWN_PORT, and so on for data, host, actor, memory and demo. */
const OPTIONS: Readonly<Record<string, keyof z.infer<typeof settings>>> = {
  '--data': 'ODDSPAWN_DATA',
  '--port': 'ODDSPAWN_PORT',
  '--host': 'ODDSPAWN_HOST',
  '--actor': 'ODDSPAWN_ACTOR',
  '--memory': 'ODDSPAWN_MEMORY',
  '--demo': 'ODDSPAWN_DEMO',
};

function readOptions(args: readonly string[]): Result<Record<string, string>, string> {
  const given: Record<string, string> = {};
  for (let index = 0; index < args.length; index++) {
    const [option = '', inline] = (args[index] ?? '').split(/=(.*)/s, 2);
    const setting = OPTIONS[option];
    if (!setting) return fail(`Unknown option ${option}. Options: ${Object.keys(OPTIONS).join(', ')}.`);
    const value = inline ?? args[++index];
    if (value === undefined) return fail(`Option ${option} needs a value.`);
    given[setting] = value;
  }
  return succeed(given);
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'analyst'; // An account without a name, as in some containers.
  }
}

/**
 * The settings of environment and command line, the latter winning; else one line that says what is wrong. An empty
 * variable counts as not set.
 * @param root folder of the program
 * @param folder that relative paths start from; where nothing is said of the data, it is in the program's folder
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  root: string,
  folder: string = root,
): Result<Config, string> {
  const options = readOptions(args);
  if (!options.ok) return options;
  const set = Object.fromEntries(
    Object.entries({ ...environment, ...options.value }).filter(([, value]) => value !== ''),
  );
  const parsed = settings.safeParse(set);
  if (!parsed.success) {
    return fail(misfitsIn(parsed.error, set).join('; '));
  }
  const values = parsed.data;
  const ingest = ingestListener(values, folder);
  if (!ingest.ok) return ingest;
  return succeed({
    dataFolder: values.ODDSPAWN_DATA ? resolve(folder, values.ODDSPAWN_DATA) : join(root, '.oddspawn', 'data'),
    port: values.ODDSPAWN_PORT,
    host: values.ODDSPAWN_HOST,
    actor: values.ODDSPAWN_ACTOR ?? accountName(),
    memoryLimit: values.ODDSPAWN_MEMORY,
    demo: values.ODDSPAWN_DEMO === 'on',
    uploadLimit: values.ODDSPAWN_UPLOAD_LIMIT,
    uploadPart: values.ODDSPAWN_UPLOAD_PART,
    spoolLimit: values.ODDSPAWN_SPOOL_LIMIT,
    retention: { days: values.ODDSPAWN_KEEP_DAYS ?? null, bytes: values.ODDSPAWN_KEEP_BYTES ?? null },
    ingest: ingest.value,
    logLevel: values.ODDSPAWN_LOG,
    root,
  });
}

const DEFAULT_INGEST_PORT = 8443;

/** A second address is for the network, so it speaks TLS there unless somebody says that something else does. */
function ingestListener(values: z.infer<typeof settings>, folder: string): Result<IngestListener | null, string> {
  const { ODDSPAWN_INGEST_TLS_CERT: cert, ODDSPAWN_INGEST_TLS_KEY: key } = values;
  const { ODDSPAWN_INGEST_HOST, ODDSPAWN_INGEST_PORT, ODDSPAWN_INGEST_PLAIN } = values;
  if (ODDSPAWN_INGEST_HOST === undefined && ODDSPAWN_INGEST_PORT === undefined) return succeed(null);
  if ((cert === undefined) !== (key === undefined)) {
    return fail('ODDSPAWN_INGEST_TLS_CERT and ODDSPAWN_INGEST_TLS_KEY go together');
  }
  const host = ODDSPAWN_INGEST_HOST ?? '127.0.0.1';
  if (cert === undefined && !isLoopback(host) && ODDSPAWN_INGEST_PLAIN === 'off') {
    return fail(
      'ODDSPAWN_INGEST_HOST: keys and events would cross the network unencrypted. Set ODDSPAWN_INGEST_TLS_CERT and ODDSPAWN_INGEST_TLS_KEY, or ODDSPAWN_INGEST_PLAIN=on where a proxy encrypts',
    );
  }
  const tls =
    cert !== undefined && key !== undefined ? { cert: resolve(folder, cert), key: resolve(folder, key) } : null;
  return succeed({ host, port: ODDSPAWN_INGEST_PORT ?? DEFAULT_INGEST_PORT, tls });
}
