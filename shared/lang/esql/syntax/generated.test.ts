import { readFileSync } from 'node:fs';
import { buildParserFile } from '@lezer/generator';
import { expect, test } from 'vitest';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const path = (name: string): string => new URL(name, import.meta.url).pathname;

// `vitest --update` writes what is out of date.
test('the committed parser is what the generator makes of the grammar', async () => {
  const { parser, terms } = buildParserFile(read('esql.grammar'), { fileName: 'esql.grammar', typeScript: true });
  await expect(parser).toMatchFileSnapshot(path('parser.generated.ts'));
  await expect(terms).toMatchFileSnapshot(path('parser.generated.terms.ts'));
});
