import { expect, test } from 'vitest';
import { type Credentials, readCredentials } from './credentials.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each<[string, string | undefined, Credentials | null]>([
  ['nothing', undefined, null],
  ['a key as Elasticsearch clients send it', `ApiKey ${base64('id:secret')}`, { id: 'id', secret: 'secret' }],
  ['the scheme in other letters', `apikey  ${base64('id:secret')}`, { id: 'id', secret: 'secret' }],
  ['a key that is no pair', `ApiKey ${base64('secret')}`, null],
  ['the secret as password', `Basic ${base64('ingest:secret')}`, { id: null, secret: 'secret' }],
  ['the pair as password', `Basic ${base64('ingest:id:secret')}`, { id: 'id', secret: 'secret' }],
  ['an empty password', `Basic ${base64('ingest:')}`, null],
  ['no password', `Basic ${base64('ingest')}`, null],
  ['the secret as token', 'Bearer secret', { id: null, secret: 'secret' }],
  ['the pair as token', 'Bearer id:secret', { id: 'id', secret: 'secret' }],
  ['the encoded pair as token', `Bearer ${base64('id:secret')}`, { id: 'id', secret: 'secret' }],
  ['another scheme', 'Digest username="a"', null],
  ['something endless', `Bearer ${'a'.repeat(5000)}`, null],
  ['control characters', `Basic ${base64('a:se\ncret')}`, null],
])('%s', (_what, header, expected) => {
  expect(readCredentials(header)).toEqual(expected);
});
