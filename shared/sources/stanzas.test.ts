import { expect, test } from 'vitest';
import { PLACEHOLDER, targetAt } from './stanza.ts';
import { STANZAS } from './stanzas.ts';

const KEY = { id: 'k1', secret: 's3cret', encoded: 'azE6czNjcmV0' };

test.each(STANZAS.map((stanza) => [stanza.id, stanza] as const))('%s, with a key over TLS', async (id, { text }) => {
  const target = targetAt('https://oddspawn.example:8443', KEY);
  if (!target) throw new Error('no target');
  await expect(text(target)).toMatchFileSnapshot(`cases/${id}.txt`);
});

test.each(STANZAS.map((stanza) => [stanza.id, stanza] as const))(
  '%s names the address and the key',
  (_id, { text }) => {
    const target = targetAt('http://127.0.0.1:7878');
    if (!target) throw new Error('no target');
    expect(text(target)).toContain('127.0.0.1');
    expect(text(target)).toContain('7878');
    expect(Object.values(PLACEHOLDER).some((part) => text(target).includes(part))).toBe(true);
    expect(text(target)).not.toMatch(/undefined|\[object/);
  },
);

test.each([
  ['https://oddspawn', 'https://oddspawn:443'],
  ['http://127.0.0.1:7878/', 'http://127.0.0.1:7878'],
  ['HTTPS://Host.example:8443', 'https://Host.example:8443'],
  ['http://[::1]:7878', 'http://[::1]:7878'],
])('%s is an address', (text, origin) => {
  expect(targetAt(text)?.origin).toBe(origin);
});

test.each([
  '',
  'oddspawn:8443',
  'ftp://host',
  'https://a b',
  "https://a'b",
  'https://a"b',
  'https://a/b',
  'https://a:99999',
  'https://$(id)',
])('%s is none', (text) => {
  expect(targetAt(text)).toBeNull();
});
