// npm test: every check and test, in the order in which they are cheapest to fail.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { checkNode, ensureClientBuilt, ensureInstalled, ensureServerBuilt, ROOT, say } from './project.mjs';

/** @type {(script: string, ...args: string[]) => [string, string[]]} */
const tool = (script, ...args) => [process.execPath, [join(ROOT, 'node_modules', script), ...args]];

/** @type {[name: string, command: [string, string[]]][]} */
const CHECKS = [
  ['format and lint', tool('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings')],
  ['types', tool('@typescript/native/bin/tsc', '-b')],
  ['type-aware lint', tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings')],
  ['dead code', tool('knip/bin/knip.js')],
  ['unit and property tests', tool('vitest/vitest.mjs', 'run', '--config', '.vitest.config.ts')],
  ['bundle budget', [process.execPath, [join(ROOT, 'client', 'budget.mjs')]]],
  [
    'browser journeys',
    tool('@playwright/test/cli.js', 'test', '--config', 'e2e/playwright.config.ts', '--project', 'journeys'),
  ],
];

const begin = Date.now();
checkNode();
await ensureInstalled();
const chromium = ensureChromium();
await Promise.all([ensureServerBuilt(), ensureClientBuilt()]);

const env = { ...process.env, NODE_ENV: 'test', ...(chromium && { CHROMIUM_PATH: chromium }) };
const wanted = process.argv.slice(2);
const failed = [];
let passed = 0;
for (const [name, [command, args]] of CHECKS) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  say(`\n── ${name}`);
  const start = Date.now();
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', env });
  say(`── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  if (status === 0) passed += 1;
  else failed.push(name);
}
const seconds = Math.round((Date.now() - begin) / 1000);
if (failed.length > 0) say(`\nFailed: ${failed.join(', ')}`);
say(`\nAll together: ${Math.floor(seconds / 60)} min ${seconds % 60} s`);
process.stdout.write(`\n${passed} passed, ${failed.length} failed\n`);
process.exit(failed.length === 0 ? 0 : 1);
