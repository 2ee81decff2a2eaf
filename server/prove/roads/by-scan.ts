import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundle } from '#server/cli/testing/bundle.ts';
import { type Found, type FoundAlert, inOrder } from './found.ts';
import { RULES } from './rules.ts';

/** The command line, over files of its folder; it knows no exceptions. */
export async function byScan(cli: Bundle, files: readonly string[]): Promise<Found> {
  for (const { slug, rule } of RULES) await writeFile(join(cli.folder, `${slug}.ndjson`), JSON.stringify(rule));
  const rules = RULES.flatMap(({ slug }) => ['--rule', `./${slug}.ndjson`]);
  const { code, out, err } = await cli.run('scan', ...files, ...rules);
  if (code !== 0) throw new Error(err);
  const sum = (words: RegExp): number =>
    [...err.matchAll(words)].reduce((total, [, count = '1']) => total + numberOf(count), 0);
  const matches = [...err.matchAll(/^(\S+): ([\d,]+) events? matched/gm)];
  return {
    rejected: sum(/:\d+: left out/g) + sum(/: ([\d,]+) more lines left out/g),
    duplicates: sum(/: ([\d,]+) repeated events/g),
    matched: Object.fromEntries(matches.map(([, slug, count = '']) => [slug, numberOf(count)])),
    alerts: inOrder(out.split('\n').flatMap((line) => (line === '' ? [] : alertOf(line)))),
  };
}

const numberOf = (text: string): number => Number(text.replaceAll(',', ''));

interface Printed extends Pick<FoundAlert, 'rule' | 'keys' | 'columns' | 'events'> {
  readonly first_seen: string;
  readonly last_seen: string;
}

function alertOf(line: string): FoundAlert {
  const { rule, keys, columns, events, first_seen: firstSeen, last_seen: lastSeen } = JSON.parse(line) as Printed;
  return { rule, keys, columns, events, firstSeen, lastSeen };
}
