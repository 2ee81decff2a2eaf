import { readFileSync } from 'node:fs';
import { buildParserFile } from '@lezer/generator';
import { expect, test } from 'vitest';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

test('the committed parser is what the generator makes of the grammar', () => {
  const generated = buildParserFile(read('kql.grammar'), { typeScript: true });
  expect(read('parser.generated.ts')).toBe(generated.parser);
  expect(read('parser.generated.terms.ts')).toBe(generated.terms);
});
