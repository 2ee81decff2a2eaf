import { expect, test } from 'vitest';
import { seeded } from '#server/demo/random.ts';
import { processEvent } from '#server/http/testing/senders.ts';
import { eventIdIn, eventIdOf } from './bulk-request.ts';
import { glance } from './document-glance.ts';

const parsed = (bytes: Buffer): string | null => {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? `${eventIdOf(value as Record<string, unknown>)}` : null;
  } catch {
    return null;
  }
};
const glanced = (bytes: Buffer): string | null => {
  const id = eventIdIn(bytes);
  return id === undefined ? null : `${id}`;
};

const DEEP = `${'['.repeat(150)}${']'.repeat(150)}`;
const SEEDS = [
  '{}',
  ' { } ',
  '{"event":{"id":"a","id":"b"},"event":{"id":["c","d"]}}',
  '{"event.id":"x","event":{"id":null}}',
  '{"event":7,"event.id":["y"]}',
  '{"event":{"id":{"event.id":"w"}},"event.id":"v"}',
  '{"event":{"id":[],"x":{"id":"within"}},"event.id":"v"}',
  '{"event":{"id":"old","\\u0069d":"new"}}',
  '{"event":{"id":"a"},"event":{},"event.id":["u"]}',
  '{"event":{"id":"q\\"\\u00e9"}}',
  '{"\\u0065vent":{"id":"escaped"},"event":{"id":"plain"}}',
  '{"__proto__":{"event":{"id":"z"}},"n":[-0.5e+10,0,12,1E3,true,false,null,"\\ud83d\\n\\/"]}',
  `{"deep":${DEEP},"event":{"id":"e"}}`,
  '{"a":"é \u2028 \u007f","b":[[],{}, {"c":[{}]}]}',
  JSON.stringify(processEvent('real', 3, { event: { id: 'real', action: ['fork', 'exec'] } })),
];

test.each(SEEDS)('it sees what parsing shows: %s', (text) => {
  expect(glanced(Buffer.from(text))).toBe(parsed(Buffer.from(text)));
  expect(parsed(Buffer.from(text))).not.toBeNull();
});

test.each([
  '',
  '[]',
  '{',
  '{"a"}',
  '{"a":01}',
  '{"a":1.}',
  '{"a":.5}',
  '{"a":"\t"}',
  '{"a":"\\x"}',
  '{"a":tru}',
  '{"a":1,}',
  '{,}',
  '{"a":1}x',
  '\ufeff{}',
  '{"a":"\\u12g4"}',
  '{"a":+1}',
  '{"a":-}',
  '{"a":1e}',
  '{"a":[1,]}',
])('it takes nothing that parsing refuses: %s', (text) => {
  expect(glance(Buffer.from(text))).toBeNull();
  expect(eventIdIn(Buffer.from(text))).toBeUndefined();
});

test('on mutated documents it agrees with parsing', () => {
  const random = seeded(7);
  const pick = (most: number): number => Math.floor(random.next() * most);
  const alphabet = Buffer.from('{}[]",:\\ue.-+019 \t\r\u0000\u00e9tfn');
  let taken = 0;
  for (let round = 0; round < 20_000; round++) {
    const seed = SEEDS[pick(SEEDS.length)] ?? '{}';
    const bytes = [...Buffer.from(seed)];
    for (let change = pick(3); change >= 0; change--) {
      const place = pick(bytes.length);
      const byte = alphabet[pick(alphabet.length)] ?? 0;
      bytes.splice(place, pick(2), ...(random.next() < 0.7 ? [byte] : bytes.slice(place, place + pick(9))));
    }
    const mutated = Buffer.from(bytes);
    const truth = parsed(mutated);
    if (truth !== null) taken += 1;
    if (glanced(mutated) !== truth || (truth === null && glance(mutated))) {
      expect(mutated.toString()).toBe(`read as ${glanced(mutated)}, not as ${truth}`);
    }
  }
  expect(taken).toBeGreaterThan(1000);
});
