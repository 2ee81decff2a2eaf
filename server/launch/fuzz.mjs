// npm run fuzz -- engines|parsers|mappings|bulk [how many] [seed]: random searches for what breaks, for long.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, checkNode, ensureInstalled, ROOT, say } from './project.mjs';

const PREFIX = 'fuzz-';
const bench = join('server', 'bench');
const names = readdirSync(join(ROOT, bench)).flatMap((file) =>
  file.startsWith(PREFIX) ? [file.slice(PREFIX.length, -'.ts'.length)] : [],
);
const [name = '', ...rest] = process.argv.slice(2);

checkNode();
if (!names.includes(name)) {
  say(`npm run fuzz -- ${names.join('|')} [how many] [seed]`);
  process.exit(2);
}
await ensureInstalled();
// As deep in the project as the source is: it finds its way to the project's folder from its own.
const outdir = join(ROOT, '.build', 'fuzz');
await bundle([join(bench, `${PREFIX}${name}.ts`)], outdir);
const { status } = spawnSync(process.execPath, [join(outdir, `${PREFIX}${name}.js`), ...rest], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exit(status ?? 1);
