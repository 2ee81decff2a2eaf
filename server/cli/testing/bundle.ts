import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Bundle {
  /** A folder for a test's files; commands run in it. */
  readonly folder: string;
  run(...args: readonly string[]): Promise<Outcome>;
  /** The same, with what npm leaves in the environment or with an interruption after this many milliseconds. */
  runWith(
    options: { readonly env?: Readonly<Record<string, string>>; readonly interruptAfter?: number },
    ...args: readonly string[]
  ): Promise<Outcome>;
  remove(): Promise<void>;
}

/** Builds the command line as the program does, into a checkout of its own that has only what a build needs. */
export async function bundleCli(): Promise<Bundle> {
  const root = await mkdtemp(join(tmpdir(), 'oddspawn-bundle-'));
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  await symlink(join(ROOT, 'rules'), join(root, 'rules'));
  const folder = join(root, 'work');
  await mkdir(join(folder, 'tmp'), { recursive: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['server/cli.ts'],
    outdir: join(root, '.build', 'server'),
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const runWith: Bundle['runWith'] = ({ env = {}, interruptAfter }, ...args) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(root, '.build', 'server', 'cli.js'), ...args], {
        cwd: folder,
        env: { PATH: process.env['PATH'], TMPDIR: join(folder, 'tmp'), ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let out = '';
      let err = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
      });
      if (interruptAfter !== undefined) setTimeout(() => child.kill('SIGINT'), interruptAfter);
      child.on('error', reject).on('close', (code) => resolve({ code, out, err }));
    });
  return {
    folder,
    runWith,
    run: (...args) => runWith({}, ...args),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
