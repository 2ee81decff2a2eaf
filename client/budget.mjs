// What a page may weigh, gzipped: fails the build's check when the first load or a route grows beyond it. Run after the
// client is built.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUILT = join(import.meta.dirname, '..', '.build', 'client');
const LIMITS = { firstLoad: 290_000, route: 130_000, scripts: 720_000, styles: 45_000 };
const ENTRY = 'index.html';

const manifest = JSON.parse(readFileSync(join(BUILT, '.vite', 'manifest.json'), 'utf8'));

const size = (file) => gzipSync(readFileSync(join(BUILT, file))).length;
const sum = (files) => [...files].reduce((total, file) => total + size(file), 0);

/** The chunk and everything it imports at once; what it imports on demand is weighed by itself. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key].imports ?? []) closure(imported, seen);
  return seen;
}

const scriptsOf = (keys) => new Set([...keys].map((key) => manifest[key].file).filter((file) => file.endsWith('.js')));
const allScripts = new Set(
  Object.values(manifest)
    .map(({ file }) => file)
    .filter((file) => file.endsWith('.js')),
);
const allStyles = new Set(
  Object.values(manifest).flatMap(({ file, css = [] }) => (file.endsWith('.css') ? [file, ...css] : css)),
);

const first = scriptsOf(closure(ENTRY));
const findings = [
  { name: 'first load', bytes: sum(first), limit: LIMITS.firstLoad },
  { name: 'all scripts', bytes: sum(allScripts), limit: LIMITS.scripts },
  { name: 'all styles', bytes: sum(allStyles), limit: LIMITS.styles },
  ...Object.entries(manifest)
    .filter(([, { isDynamicEntry }]) => isDynamicEntry)
    .map(([key]) => ({
      name: key,
      bytes: sum([...scriptsOf(closure(key))].filter((file) => !first.has(file))),
      limit: LIMITS.route,
    })),
];

for (const { name, bytes, limit } of findings) {
  const mark = bytes > limit ? 'TOO LARGE' : 'ok';
  process.stdout.write(`${mark.padEnd(10)}${(bytes / 1000).toFixed(1).padStart(7)} of ${limit / 1000} kB  ${name}\n`);
}
if (findings.some(({ bytes, limit }) => bytes > limit)) process.exitCode = 1;
