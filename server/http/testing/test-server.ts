import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { REAL, type Surroundings } from '#server/compose/surroundings.ts';
import { startApplication } from '#server/compose.ts';
import type { Config } from '#server/config.ts';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { Upload } from '#shared/api/uploads.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const PAUSE_MILLISECONDS = 20;

export const RECORDED = join(ROOT, 'server/demo/samples/recorded-nginx-php-fpm.ecs.ndjson');

/** A server of the whole program on a free port, with a data folder of its own. */
export interface TestServer {
  readonly url: string;
  /** Where the address that takes events only is; empty for none. */
  readonly ingestUrl: string;
  readonly dataFolder: string;
  /** A JSON answer of any status. */
  json<Answer>(path: string, init?: RequestInit): Promise<{ status: number; body: Answer }>;
  /** A request with a JSON body. */
  send<Answer>(method: string, path: string, body: unknown): Promise<{ status: number; body: Answer }>;
  /** Sends a file and waits until it has been evaluated, or has failed. */
  readonly upload: (content: NonNullable<RequestInit['body']>, name?: string) => Promise<Upload>;
  /** Waits until an upload has ended. */
  readonly ended: (id: string) => Promise<Upload>;
  /** Ends the server and keeps its folder. */
  readonly stopKeeping: () => Promise<void>;
  /** Writes a file of the data folder. */
  readonly putFile: (path: string, content: Buffer) => Promise<void>;
  /** Starts anew on the folder, after ending where that was not done. */
  readonly restart: (config?: Partial<Config>) => Promise<TestServer>;
  /** Tries to start another one beside this one. */
  readonly startSecond: () => Promise<TestServer>;
  readonly stop: () => Promise<void>;
}

export interface TestServerOptions {
  readonly config?: Partial<Config>;
  readonly surroundings?: Partial<Surroundings>;
}

const surroundingsOf = (given: Partial<Surroundings> = {}): Surroundings => ({
  ...REAL,
  openStore: (path, _config, _log, catalogue) => openDuckdbStore({ path, catalogue, memoryLimit: '512MB' }),
  strictAnswers: true,
  ...given,
});

const configOf = (dataFolder: string, given: Partial<Config> = {}): Config => ({
  dataFolder,
  port: 0,
  host: '127.0.0.1',
  actor: 'anna',
  memoryLimit: '512MB',
  demo: false,
  uploadLimit: 50_000_000,
  uploadPart: 50_000_000,
  spoolLimit: 500_000_000,
  retention: { days: null, bytes: null },
  ingest: null,
  logLevel: 'silent',
  root: ROOT,
  ...given,
});

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-server-'));
  return startOn(folder, options);
}

async function startOn(folder: string, options: TestServerOptions): Promise<TestServer> {
  const log = pino({ level: 'silent' });
  const config = configOf(folder, options.config);
  const application = await startApplication(config, log, surroundingsOf(options.surroundings));
  const { url } = application;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= application.close();
    return closing;
  };

  const json = async <Answer>(path: string, init?: RequestInit): Promise<{ status: number; body: Answer }> => {
    const response = await fetch(`${url}${path}`, init);
    return { status: response.status, body: (await response.json()) as Answer };
  };
  const ended: TestServer['ended'] = async (id) => {
    for (;;) {
      const { body } = await json<Upload>(`/api/uploads/${id}`);
      if (body.finishedAt !== null) return body;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  };
  return {
    url,
    ingestUrl: application.ingestUrl ?? '',
    dataFolder: folder,
    json,
    ended,
    send: (method, path, body) =>
      json(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    async upload(content, name = 'events.ndjson') {
      const path = `/api/uploads?name=${encodeURIComponent(name)}`;
      const { status, body } = await json<Upload>(path, { method: 'POST', body: content });
      if (status !== 202) throw new Error(`The upload was answered ${status}: ${JSON.stringify(body)}`);
      return ended(body.id);
    },
    stopKeeping: close,
    putFile: (path, content) => writeFile(join(folder, path), content),
    async restart(config) {
      await close();
      return startOn(folder, { ...options, config: { ...options.config, ...config } });
    },
    startSecond: () => startOn(folder, options),
    async stop() {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
