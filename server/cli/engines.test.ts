import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { must } from '#shared/base/assert.ts';
import { parseInstant } from '#shared/base/time.ts';
import { arbitraryDocuments } from '#shared/evaluate/generate/documents.ts';
import { jsonText } from '#shared/evaluate/generate/json.ts';
import { WEB_SERVER_VOCABULARY } from '#shared/evaluate/generate/vocabulary.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { ask } from './testing/ask.ts';

const TRACE = fileURLToPath(new URL('../demo/samples/recorded-nginx-php-fpm.ecs.ndjson', import.meta.url));
const GENERATED = 'generated.ndjson';
const DOCUMENTS = 400;

const corpusSchema = z.strictObject({ kql: z.array(z.string()), esql: z.array(z.string()) });
const corpus = corpusSchema.parse(parse(await readFile(new URL('cases/corpus.yaml', import.meta.url), 'utf8')));
const queries = [
  ...corpus.kql.map((text) => ({ language: 'kql' as const, text })),
  ...corpus.esql.map((text) => ({ language: 'esql' as const, text })),
];

const instant = (text: string) => must(parseInstant(text), text);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oddspawn-engines-'));
  const range = { from: instant('2026-11-21T20:00:00Z'), to: instant('2026-11-21T21:00:00Z') };
  const size = { minLength: DOCUMENTS, maxLength: DOCUMENTS };
  const documents = arbitraryDocuments(ECS_PROCESS, WEB_SERVER_VOCABULARY, range, size);
  const [sample] = fc.sample(documents, { numRuns: 1, seed: 7 });
  const lines = must(sample, 'documents').map((document) => `${jsonText(document)}\n`);
  await writeFile(join(folder, GENERATED), lines.join(''));
});
afterAll(() => rm(folder, { recursive: true }));

const files = [
  ['the recorded trace', TRACE],
  ['generated documents', GENERATED],
] as const;

test.each(queries.flatMap((query) => files.map(([name, file]) => [query.text, name, { ...query, file }] as const)))(
  '%s over %s',
  async (_, __, { language, text, file }) => {
    const at = instant('2026-11-21T20:30:00Z');
    const judge = await ask(folder, { files: [file], language, text, at, engine: 'reference' });
    expect(judge.problem).toBeNull();
    const answer = await ask(folder, { files: [file], language, text, at, engine: 'duckdb' });
    expect(answer.problem).toBeNull();
    expect(answer.out).toBe(judge.out);
  },
);
