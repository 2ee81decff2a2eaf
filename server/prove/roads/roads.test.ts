import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bundle, bundleCli } from '#server/cli/testing/bundle.ts';
import { seeded } from '#server/demo/random.ts';
import { byReference } from './by-reference.ts';
import { byScan } from './by-scan.ts';
import { byPreview, byStream, byUpload, inBulks, inPlainLines, type Requests, ruledServer } from './by-server.ts';
import { drawRecords } from './documents.ts';
import type { Found, FoundAlert } from './found.ts';
import { RULES } from './rules.ts';

/**
 * The same records come to the same alerts on every road. `ODDSPAWN_ROADS=6000,7` before the test command: so many records, of
 * another seed, and of 2 kB each: enough that the engine reads a file on several processors. All roads are gone then.
 */
const [COUNT = 250, SEED = 1] = (process.env['ODDSPAWN_ROADS'] ?? '')
  .split(',')
  .map((text) => Number(text) || undefined);
const IS_LONG = COUNT > 1000;
const TIMEOUT = 60_000 + COUNT * 100;

const linesOf = (isTidy: boolean): readonly string[] =>
  drawRecords(seeded(SEED), { count: COUNT, minutes: 360, padding: IS_LONG ? 2000 : 0, isTidy });
const asFile = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));

const LINES = linesOf(false);
let cli: Bundle;
let expected: Found;
let spared: Found;

beforeAll(async () => {
  cli = await bundleCli();
  const path = join(cli.folder, 'lines.ndjson');
  await writeFile(path, asFile(LINES));
  expected = await byReference(path, false);
  spared = await byReference(path, true);
}, TIMEOUT);
afterAll(() => cli.remove());

test(
  'a scan of one file or of several finds what the reference finds',
  async () => {
    expect(new Set(expected.alerts.map(({ rule }) => rule)).size).toBe(RULES.length);
    expect(await byScan(cli, ['lines.ndjson'])).toEqual(expected);
    const names = ['a', 'b', 'c'];
    const share = Math.ceil(LINES.length / names.length);
    for (const [part, name] of names.entries()) {
      await writeFile(join(cli.folder, name), asFile(LINES.slice(part * share, (part + 1) * share)));
    }
    expect(await byScan(cli, names)).toEqual(expected);
  },
  TIMEOUT,
);

test(
  'records that are all alike are read otherwise, and an array and an archive are files like others',
  async () => {
    const tidy = linesOf(true);
    await writeFile(join(cli.folder, 'tidy.ndjson'), asFile(tidy));
    await writeFile(join(cli.folder, 'tidy.gz'), gzipSync(`[\n  ${tidy.join(',\n  ')}\n]\n`));
    const found = await byReference(join(cli.folder, 'tidy.ndjson'), false);
    expect(await byScan(cli, ['tidy.ndjson'])).toEqual(found);
    expect(await byScan(cli, ['tidy.gz'])).toEqual(found);
  },
  TIMEOUT,
);

const WHOLE = { uploadLimit: 1e9, uploadPart: 1e9 };
const IN_PARTS = { ...WHOLE, uploadPart: Math.ceil(asFile(LINES).length / 7) };

test.each(IS_LONG ? [WHOLE, IN_PARTS] : [IN_PARTS])(
  'an upload finds what the reference finds with exceptions, and a preview the same: %j',
  async (config) => {
    const server = await ruledServer(config);
    expect(await byUpload(server, asFile(LINES))).toEqual(spared);
    const countOf = (slug: string): number => spared.alerts.filter(({ rule }) => rule === slug).length;
    const counts = RULES.map(({ slug }) => [slug, { alerts: countOf(slug), matched: spared.matched[slug] }] as const);
    expect(await byPreview(server)).toEqual(Object.fromEntries(counts));
    await server.stop();
  },
  TIMEOUT,
);

const BULKS = inBulks(1, 7, 60, 500);

test.each<Requests>(IS_LONG ? [BULKS, inBulks(5000), inPlainLines(97)] : [BULKS])(
  'a stream finds the same',
  async (requests) => {
    const server = await ruledServer();
    expect(asTheyCome(await byStream(server, requests(LINES)))).toEqual(asTheyCome(spared));
    await server.stop();
  },
  TIMEOUT,
);

const TIMELESS = new Set(RULES.flatMap(({ slug, isTimeless }) => (isTimeless ? [slug] : [])));

/** What does not depend on when events came: a new term is alerted on at once, with the events that are there then. */
function asTheyCome({ matched, alerts, ...counts }: Found) {
  const told = ({ rule, keys, firstSeen, lastSeen, events }: FoundAlert) =>
    rule.startsWith('terms') ? { rule, keys, firstSeen } : { rule, keys, firstSeen, lastSeen, events };
  return {
    ...counts,
    matched: Object.entries(matched).filter(([rule]) => TIMELESS.has(rule)),
    alerts: alerts.filter(({ rule }) => TIMELESS.has(rule)).map(told),
  };
}
