import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureServerBuilt, ROOT } from '#server/launch/project.mjs';

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Sends an interruption when this much has come from standard output. */
  readonly interruptAt?: number;
  /** Stops reading standard output when this much has come. */
  readonly readUpTo?: number;
}

export interface Bundle {
  /** A folder for a test's files; commands run in it. */
  readonly folder: string;
  run(...args: readonly string[]): Promise<Outcome>;
  runWith(options: RunOptions, ...args: readonly string[]): Promise<Outcome>;
  remove(): Promise<void>;
}

/** The command line as the program builds it, at work in a folder of its own beside the shipped rules. */
export async function bundleCli(): Promise<Bundle> {
  await ensureServerBuilt();
  const root = await mkdtemp(join(tmpdir(), 'oddspawn-cli-'));
  const folder = join(root, 'work');
  await mkdir(join(folder, 'tmp'), { recursive: true });
  await symlink(join(ROOT, 'rules'), join(root, 'rules'));
  const runWith: Bundle['runWith'] = ({ env = {}, interruptAt = Infinity, readUpTo = Infinity }, ...args) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(ROOT, '.build', 'server', 'cli.js'), ...args], {
        cwd: folder,
        env: { PATH: process.env['PATH'], TMPDIR: join(folder, 'tmp'), ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let out = '';
      let err = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        if (out.length >= interruptAt && !child.killed) child.kill('SIGINT');
        if (out.length >= readUpTo) child.stdout.destroy();
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
      });
      child.on('error', reject).on('close', (code) => resolve({ code, out, err }));
    });
  return {
    folder,
    runWith,
    run: (...args) => runWith({}, ...args),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
