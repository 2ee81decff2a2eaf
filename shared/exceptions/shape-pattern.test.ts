import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPattern } from '#shared/plan/match-pattern.ts';
import { shapePattern } from './shape-pattern.ts';
import { exceptionPattern } from './wildcard.ts';

test.each<[string, string | null]>([
  ['tar xf /tmp/build-1833.tgz', 'tar xf /tmp/*'],
  ['curl -s http://10.0.0.1/a?b', 'curl -s *'],
  ['find /var -name *.log -mtime +7', String.raw`find /var -name \*.log -mtime +*`],
  ['whoami', null],
  ['10.0.0.1', null],
  ['', null],
])('%s', (value, pattern) => {
  expect(shapePattern(value)).toBe(pattern);
});

test('a pattern matches the value that it was made from', () => {
  const piece = fc.constantFrom('a', ' ', '*', '?', '\\', '7', '/tmp/x9', 'http://a/b', '2026-01-02', '\n');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const value = pieces.join('');
      const pattern = shapePattern(value);
      if (pattern !== null) expect(matchesPattern(exceptionPattern(pattern), value)).toBe(true);
    }),
  );
});
