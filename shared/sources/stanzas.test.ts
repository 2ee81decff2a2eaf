import { expect, test } from 'vitest';
import { parse } from 'yaml';
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
    // The page shows control characters as what they are.
    expect(text(target)).not.toMatch(/[^\P{Cc}\n]/u);
  },
);

const shown = (id: string): string => {
  const [stanza, target] = [STANZAS.find((one) => one.id === id), targetAt('https://oddspawn.example:8443', KEY)];
  if (!stanza || !target) throw new Error(id);
  return stanza.text(target);
};

test('Filebeat, Elastic Agent and Vector read theirs as YAML, with the key where each looks for it', () => {
  const ours = { hosts: ['https://oddspawn.example:8443'], api_key: 'k1:s3cret' };
  expect(parse(shown('filebeat'))).toMatchObject({
    'output.elasticsearch': ours,
    'setup.ilm.enabled': false,
    'setup.template.enabled': false,
  });
  expect(parse(shown('elastic-agent'))).toMatchObject({
    outputs: { default: { type: 'elasticsearch', ...ours } },
    'agent.monitoring': { enabled: false },
    inputs: [{ type: 'filestream', use_output: 'default', streams: [{ 'data_stream.dataset': 'laurel' }] }],
  });
  expect(parse(shown('vector'))).toMatchObject({
    transforms: { records: { inputs: ['laurel'] } },
    sinks: {
      oddspawn: {
        inputs: ['records'],
        endpoints: ours.hosts,
        auth: { strategy: 'basic', password: 's3cret' },
        request_retry_partial: true,
        acknowledgements: { enabled: true },
      },
    },
  });
});

/** Of the documentation of Fluent Bit: what its service, the input `tail` and the output `es` know, as far as used here. */
const FLUENT_BIT: Readonly<Record<string, RegExp>> = {
  SERVICE: /^(parsers_file|storage\.path|scheduler\.cap)$/,
  INPUT: /^(name|path|parser|read_from_head|db|storage\.type|buffer_max_size|skip_long_lines)$/,
  OUTPUT:
    /^(name|match|host|port|tls|http_user|http_passwd|index|suppress_type_name|generate_id|time_key|compress|buffer_size|retry_limit)$/,
};

test('Fluent Bit reads sections of a name and a value a line', () => {
  let section = '';
  for (const line of shown('fluent-bit').trimEnd().split('\n')) {
    const [, head] = /^\[(\w+)\]$/.exec(line) ?? [];
    const [, name] = /^ {2}(\S+) \S+$/.exec(line) ?? [];
    if (head === undefined) expect(name).toMatch(FLUENT_BIT[section] ?? /^$/);
    section = head ?? section;
  }
  expect(section).toBe('OUTPUT');
});

test('Logstash takes no option beside data_stream that data streams refuse', () => {
  // Releases before 8 refuse manage_template with it, even where that is false.
  expect(shown('logstash')).not.toMatch(/manage_template|\bindex =>|ilm_/);
});

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
