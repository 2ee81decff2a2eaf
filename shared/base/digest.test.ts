import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { md5, sha1, sha256 } from './digest.ts';
import { wellFormed } from './text.ts';

test.each([
  ['md5', md5],
  ['sha1', sha1],
  ['sha256', sha256],
] as const)('%s is what the platform computes', (name, digest) => {
  const computed = (text: string): string => createHash(name).update(text, 'utf8').digest('hex');
  // Around the ends of blocks, where the length no longer fits in.
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    expect(digest('é'.repeat(length / 2) + 'a'.repeat(length % 2))).toBe(
      computed('é'.repeat(length / 2) + 'a'.repeat(length % 2)),
    );
    expect(digest('a'.repeat(length))).toBe(computed('a'.repeat(length)));
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (drawn) => {
      const text = wellFormed(drawn);
      expect(digest(text)).toBe(computed(text));
    }),
  );
});
