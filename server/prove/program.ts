import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureServerBuilt, ROOT } from '#server/launch/project.mjs';

/** The program as it is shipped, with a data folder of its own. */
export interface Program {
  readonly dataFolder: string;
  /** Starts it as a process of its own; resolves when it answers. */
  readonly start: (env?: Readonly<Record<string, string>>) => Promise<Running>;
  /** Starts it and does not wait. */
  readonly launch: (env?: Readonly<Record<string, string>>) => ChildProcess;
  /** Ends what still runs, of a test that failed. */
  readonly remove: () => Promise<void>;
}

export interface Running {
  readonly pid: number;
  readonly url: string;
  /** Ends it as nothing else does: in the middle of whatever it is at. */
  readonly kill: () => Promise<void>;
  /** Asks it to end. */
  readonly stop: () => Promise<void>;
}

/**
 * Builds the program where that is not done.
 * @param dataFolder a folder of the caller; one of its own if absent
 */
export async function buildProgram(dataFolder?: string): Promise<Program> {
  await ensureServerBuilt();
  const folder = await mkdtemp(join(tmpdir(), 'oddspawn-program-'));
  const data = dataFolder ?? join(folder, 'data');
  const launched: ChildProcess[] = [];
  const launch: Program['launch'] = (env = {}) => {
    const child = spawn(process.execPath, [join(ROOT, '.build', 'server', 'main.js')], {
      // Anywhere: it finds its own files.
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        ODDSPAWN_DATA: data,
        ODDSPAWN_PORT: '0',
        ODDSPAWN_DEMO: 'off',
        ODDSPAWN_MEMORY: '512MB',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    launched.push(child);
    return child;
  };
  return {
    dataFolder: data,
    launch,
    start: async (env) => {
      const child = launch(env);
      return {
        pid: child.pid ?? 0,
        url: await urlOf(child),
        kill: () => ended(child, 'SIGKILL'),
        stop: () => ended(child, 'SIGTERM'),
      };
    },
    remove: async () => {
      await Promise.all(launched.map((child) => ended(child, 'SIGKILL')));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

/** The address that the program says it is at; rejects with what it says instead where it ends. */
function urlOf(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const [, url] = /Oddspawn is at (\S+)/.exec(text) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(said.trim() || 'The program ended without a word.')));
  });
}
