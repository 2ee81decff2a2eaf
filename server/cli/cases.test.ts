import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ConformanceCase,
  type ConformanceFile,
  catalogueOfFile,
  conformanceFiles,
  queryOf,
  recordsOf,
} from '#server/store/contract/cases.ts';
import { must } from '#shared/base/assert.ts';
import { parseInstant } from '#shared/base/time.ts';
import { jsonText } from '#shared/evaluate/generate/json.ts';
import type { Field } from '#shared/event/field.ts';
import { type Answer, ask } from './testing/ask.ts';

/** As a mapping file writes the fields of a conformance file. */
const mappingOf = (file: ConformanceFile): object => ({
  // A member of a flattened object is mapped with its object.
  mappings: { properties: propertiesOf(catalogueOfFile(file, false).fields.filter(({ keyed }) => !keyed)) },
});

const propertiesOf = (fields: readonly Field[]): object =>
  Object.fromEntries(fields.map((field) => [field.name, definitionOf(field)]));

const definitionOf = ({ type, fields, ignoreAbove, caseless, text, caselessIgnoreAbove: limit }: Field): object => ({
  type,
  ...(fields && { properties: propertiesOf(fields) }),
  ...(ignoreAbove !== undefined && { ignore_above: ignoreAbove }),
  ...((caseless || text) && {
    fields: {
      ...(caseless && {
        caseless: { type: 'keyword', normalizer: 'lowercase', ...(limit !== undefined && { ignore_above: limit }) },
      }),
      ...(text && { text: { type: 'match_only_text' } }),
    },
  }),
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-cases-'));
});
afterAll(() => rm(folder, { recursive: true }));

type QueryCase = Extract<ConformanceCase, { readonly kql: string } | { readonly esql: string }>;
const isQuery = (item: ConformanceCase): item is QueryCase => 'kql' in item || 'esql' in item;

// The command line has no exceptions: files of nothing else have no query to ask.
const asking = conformanceFiles().filter((file) => file.cases.some(isQuery));

test('most conformance files hold queries', () => {
  expect(asking.length).toBeGreaterThan(5);
});

describe.each(asking.map((file) => [file.name, file] as const))('%s', (name, file) => {
  beforeAll(async () => {
    await writeFile(join(folder, `${name}.json`), JSON.stringify(mappingOf(file)));
    const lines = recordsOf(file).map((record) => `${jsonText(record)}\n`);
    await writeFile(join(folder, `${name}.ndjson`), lines.join(''));
  });

  const asked = file.cases.filter(isQuery);

  test.each(asked.map((item) => [queryOf(item), item] as const))('%s', async (_, item) => {
    const answer = await ask(folder, {
      files: [`${name}.ndjson`],
      mapping: `${name}.json`,
      language: 'kql' in item ? 'kql' : 'esql',
      text: queryOf(item),
      at: must(parseInstant(item.now ?? file.now), 'now'),
      engine: 'reference',
      format: 'kql' in item ? 'ids' : 'ndjson',
    });
    expectAnswer(item, answer);
  });
});

function expectAnswer(item: QueryCase, { out, problem }: Answer): void {
  if (item.errors) {
    expect(problem).toContain(`line ${item.errors[0]}`.replace(/^(line \d+:\d+) /, '$1: '));
    return;
  }
  expect(problem).toBeNull();
  const lines = out.split('\n').slice(0, -1);
  if ('kql' in item) expect(lines).toEqual(item.matches);
  else if (item.unordered) expect(lines.map(reread).sort()).toEqual(item.unordered.map(asText).sort());
  else expect(lines.map(reread)).toEqual(must(item.rows, 'rows').map(asText));
}

const asText = (row: object): string => JSON.stringify(row);

/** Longs that a double cannot hold are texts in the cases. */
const reread = (line: string): string => asText(JSON.parse(line.replaceAll(/:(-?\d{16,})/g, ':"$1"')));
