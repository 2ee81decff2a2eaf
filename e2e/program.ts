import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

const START_LIMIT = 60_000;

/** The built server on a free port, with a data folder that outlives restarts. */
export class Program {
  private child: ChildProcess | undefined;
  url = '';
  readonly dataFolder: string;
  private readonly demo: boolean;

  constructor(dataFolder: string, demo: boolean) {
    this.dataFolder = dataFolder;
    this.demo = demo;
  }

  static async create(options: { readonly demo: boolean }): Promise<Program> {
    const program = new Program(await mkdtemp(join(tmpdir(), 'oddspawn-e2e-')), options.demo);
    await program.start();
    return program;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [join(ROOT, '.build', 'server', 'main.js')], {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        ODDSPAWN_DATA: this.dataFolder,
        // After a restart pages that are open find it again.
        ODDSPAWN_PORT: this.url === '' ? '0' : new URL(this.url).port,
        ODDSPAWN_DEMO: this.demo ? 'on' : 'off',
        ODDSPAWN_ACTOR: 'ada',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.url = await announcedUrl(child);
  }

  /** Ends the server as Ctrl+C does, and waits until it is gone. */
  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataFolder, { recursive: true, force: true });
  }
}

/** The address that the server prints when it is ready. */
function announcedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(
      () => reject(new Error(`The server did not start in time. It said:\n${said}`)),
      START_LIMIT,
    );
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(said)?.[0];
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The server ended with ${code}. It said:\n${said}`));
    });
  });
}
