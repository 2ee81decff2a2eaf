// A Chromium for the browser tests: the system's, else Debian's package when we may install it, else Playwright's download.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT, say } from './project.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @returns {string | undefined} */
function systemChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/** @param {string} command @param {string[]} args */
const tries = (command, args) =>
  spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

/**
 * Path of a Chromium; undefined where Playwright is to use the one it has downloaded. Ends with a clear line where
 * none can be had.
 * @returns {string | undefined}
 */
export function ensureChromium() {
  const found = systemChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say("Installing Debian's Chromium for the browser tests …");
    const installed = tries('apt-get', ['update', '-qq']) && tries('apt-get', ['install', '-y', '-qq', 'chromium']);
    if (installed) return systemChromium();
  }
  say("Downloading Playwright's Chromium for the browser tests …");
  if (tries(process.execPath, [join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium']))
    return undefined;
  say('No Chromium could be had. Install one, or name it in CHROMIUM_PATH, and run npm test again.');
  process.exit(1);
}
