import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMarkdown } from './markdown.ts';

test('notes are drawn by their marks', () => {
  const blocks = parseMarkdown('# Seen\nran `id` as **root**, *twice*\n- one\n- two\n> said\n\n```\na <b>\n```');
  expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'list', 'quote', 'code']);
  expect(blocks[1]).toEqual({
    kind: 'paragraph',
    spans: [
      { kind: 'text', text: 'ran ' },
      { kind: 'code', text: 'id' },
      { kind: 'text', text: ' as ' },
      { kind: 'strong', text: 'root' },
      { kind: 'text', text: ', ' },
      { kind: 'emphasis', text: 'twice' },
    ],
  });
});

test('markup, links and names with underscores stay text', () => {
  const text = '<img src=x onerror=alert(1)> [a](javascript:alert(1)) my_file_name';
  expect(parseMarkdown(text)).toEqual([{ kind: 'paragraph', spans: [{ kind: 'text', text }] }]);
});

test('any text is read to its end', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('*', '_', '`', '\n', '#', '>', '-', ' ', 'a', '1', '.') }), (text) =>
      Array.isArray(parseMarkdown(text)),
    ),
  );
});
