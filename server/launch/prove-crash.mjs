// npm run prove:crash [rounds] [seed]: the crash tests, for long.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkNode, ensureInstalled, ROOT, say } from './project.mjs';

const [rounds = '50', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);

checkNode();
await ensureInstalled();
say(`${rounds} rounds, seed ${seed}`);
const { status } = spawnSync(
  process.execPath,
  [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--config',
    '.vitest.config.ts',
    '--project',
    'node',
    'server/prove/crash.test.ts',
    'server/prove/crash-rebuild.test.ts',
    'server/prove/crash-fields.test.ts',
  ],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ODDSPAWN_CRASH_ROUNDS: rounds, ODDSPAWN_CRASH_SEED: seed } },
);
process.exit(status ?? 1);
