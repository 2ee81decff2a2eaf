// What must be in place before anything runs: Node, packages, builds. Plain JavaScript without packages, because it runs
// before they are installed. Progress goes to standard error: standard output belongs to the program that is started.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const BUILD = join(ROOT, '.build');

/** @param {string} line */
export const say = (line) => process.stderr.write(`${line}\n`);

/** Ends with one clear line where this Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if ((major === 20 && minor >= 20) || (major === 22 && minor >= 13) || major > 22) return;
  say(`Oddspawn needs Node 20.20 or newer of version 20, or 22.13 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the locked packages where they are absent or older than the lock file. */
export async function ensureInstalled() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  const isCurrent = () => existsSync(installed) && mtime(installed) >= mtime(join(ROOT, 'package-lock.json'));
  if (isCurrent()) return;
  await withLock('install', () => {
    if (isCurrent()) return;
    say('Installing packages (npm ci) …');
    run('npm', ['ci', '--no-audit', '--no-fund'], 'npm ci failed; its output is above.');
  });
}

/** Builds `.build/server` where a source is newer: `main.js`, the server, and `cli.js`, the command line. */
export async function ensureServerBuilt() {
  await ensureBuilt('server', ['shared', 'server', 'package.json'], (folder) =>
    bundle(['server/main.ts', 'server/cli.ts'], folder),
  );
}

/** Packages that commands read as they start: to find and read their hundreds of files one by one takes a tenth of that time. */
const BUNDLED = ['@duckdb/node-api', '@lezer/common', '@lezer/lr', 'commander', 'smol-toml', 'zod'];

/**
 * Bundles programs of the server; packages are left out but for those that slow down the start. What these require in turn must be
 * found from a module.
 * @param {string[]} entryPoints from the project's folder
 * @param {string} outdir
 */
export async function bundle(entryPoints, outdir) {
  const { build } = await load('esbuild');
  await build({
    absWorkingDir: ROOT,
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    alias: Object.fromEntries(BUNDLED.map((name) => [name, `./node_modules/${name}`])),
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    sourcemap: true,
    logLevel: 'error',
  });
}

/** Builds `.build/client` where a source is newer. */
export async function ensureClientBuilt() {
  await ensureBuilt('client', ['shared', 'client', 'package.json'], async (folder) => {
    const { build } = await load('vite');
    await build({
      configFile: join(ROOT, 'client', 'vite.config.ts'),
      build: { outDir: folder, emptyOutDir: true },
      logLevel: 'error',
    });
  });
}

/**
 * @param {string} name
 * @param {string[]} sources
 * @param {(folder: string) => Promise<void>} build makes the result in an empty folder
 */
async function ensureBuilt(name, sources, build) {
  const target = join(BUILD, name);
  const stamp = join(BUILD, `${name}.stamp`);
  const newest = Math.max(...sources.map((source) => newestIn(join(ROOT, source))));
  const isCurrent = () => existsSync(target) && existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) === newest;
  if (isCurrent()) return;
  await withLock(`build-${name}`, async () => {
    if (isCurrent()) return;
    say(`Building the ${name} …`);
    const fresh = join(BUILD, `${name}-${process.pid}`);
    await build(fresh);
    rmSync(target, { recursive: true, force: true });
    renameSync(fresh, target);
    writeFileSync(stamp, String(newest));
  });
}

/**
 * Latest change under a file or folder, in milliseconds.
 * @param {string} path
 * @returns {number}
 */
function newestIn(path) {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newestIn(join(path, name))), found.mtimeMs);
}

/** @param {string} path */
const mtime = (path) => statSync(path).mtimeMs;

/** @param {string} name a package of this project, resolved from its root */
const load = async (name) => {
  const { createRequire } = await import('node:module');
  return import(pathToFileURL(createRequire(join(ROOT, 'package.json')).resolve(name)).href);
};

const LOCK_WAIT = 10 * 60_000;

/**
 * One process at a time: commands started side by side in a fresh checkout must not install or build over each other.
 * @param {string} name
 * @param {() => void | Promise<void>} work
 */
async function withLock(name, work) {
  const lock = join(BUILD, `${name}.lock`);
  mkdirSync(BUILD, { recursive: true });
  for (const start = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      if (ownerIsGone(lock)) rmSync(lock, { recursive: true, force: true });
      else if (Date.now() - start > LOCK_WAIT) throw new Error(`Another Oddspawn command holds ${lock}.`);
    }
  }
  try {
    writeFileSync(join(lock, 'pid'), String(process.pid));
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** @param {string} lock */
function ownerIsGone(lock) {
  const pidFile = join(lock, 'pid');
  if (!existsSync(pidFile)) return existsSync(lock) && Date.now() - mtime(lock) > 5000;
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}

/**
 * Runs a command in the project's folder with its output on standard error; ends the process where it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {string} complaint
 */
function run(command, args, complaint) {
  const result = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.status === 0) return;
  say(complaint);
  process.exit(1);
}
