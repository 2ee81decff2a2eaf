import type { EmbeddedText, RulePositions } from './position-map.ts';

/** Where the parts of a rule stand in its line of JSON, which is known to be valid. */
export function jsonPositions(line: string, query: string): RulePositions {
  const queries = [...line.matchAll(/"query"\s*:\s*"/g)].map(({ index, 0: head }) =>
    stringAt(line, index + head.length),
  );
  return {
    query: queries.find(({ text }) => text === query) ?? null,
    key: (path) => {
      const name = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
      const at = line.indexOf(`${JSON.stringify(name)}:`);
      return at === -1 ? null : at;
    },
  };
}

function stringAt(line: string, start: number): EmbeddedText {
  const offsets: number[] = [];
  let text = '';
  let at = start;
  while (at < line.length && line.charAt(at) !== '"') {
    const length = line.charAt(at) !== '\\' ? 1 : line.charAt(at + 1) === 'u' ? 6 : 2;
    offsets.push(at);
    text += length === 1 ? line.charAt(at) : unescaped(line.slice(at, at + length));
    at += length;
  }
  return { text, offsets: [...offsets, at] };
}

const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

const unescaped = (sequence: string): string =>
  sequence.charAt(1) === 'u'
    ? String.fromCharCode(Number.parseInt(sequence.slice(2), 16))
    : (CONTROLS[sequence.charAt(1)] ?? sequence.charAt(1));
