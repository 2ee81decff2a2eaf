import { execFileSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { childEvent, NEW_CHILD, RARE_COMMAND, shellEvent } from '../rules/testing/rules.ts';
import { type Bundle, bundleCli } from './testing/bundle.ts';

const TRACE = fileURLToPath(new URL('../demo/samples/recorded-nginx-php-fpm.ecs.ndjson', import.meta.url));

let cli: Bundle;

beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(() => cli.remove());

const ndjson = (records: readonly object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const put = (name: string, content: string | Buffer) => writeFile(join(cli.folder, name), content);
const objects = (out: string): unknown[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** A shell at 9:30 and a program never started before at 9:58. */
const events = [
  shellEvent('s1', '2026-03-08T09:30:00.000Z', { 'host.name': ['b', 'a'] }),
  shellEvent('s2', '2026-03-08T09:20:00.000Z'),
  childEvent('c1', '2026-03-08T09:58:00.000Z'),
];

beforeEach(() => put('events.ndjson', ndjson(events)));

describe('scan', () => {
  test('one run of every rule as of a time: an object per alert, nothing else on standard output', async () => {
    const { code, out, err } = await cli.run('scan', 'events.ndjson', '--at', '2026-03-08T10:00:00Z');
    expect(code).toBe(0);
    expect(objects(out)).toEqual([
      {
        rule: NEW_CHILD,
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        keys: { 'process.command_line': 'file -b x', 'host.id': 'h1', 'process.executable': '/usr/bin/file' },
        columns: { 'process.command_line': 'file -b x', 'host.id': 'h1', 'process.executable': '/usr/bin/file' },
        events: ['c1'],
        first_seen: '2026-03-08T09:58:00.000Z',
        last_seen: '2026-03-08T09:58:00.000Z',
      },
      {
        rule: RARE_COMMAND,
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        keys: {
          'process.command_line': 'sh -c id',
          'process.working_directory': '/srv/app',
          'process.parent.executable': '/usr/sbin/nginx',
        },
        columns: {
          cc: 2,
          agent_count: 1,
          'host.name': ['a', 'b', 'web1'],
          'agent.id': ['a1'],
          'process.command_line': 'sh -c id',
          'process.working_directory': '/srv/app',
          'process.parent.executable': '/usr/sbin/nginx',
        },
        events: ['s2', 's1'],
        first_seen: '2026-03-08T09:20:00.000Z',
        last_seen: '2026-03-08T09:30:00.000Z',
      },
    ]);
    expect(err.trimEnd().split('\n')).toEqual([
      `${NEW_CHILD}: 1 event matched, 1 alert`,
      `${RARE_COMMAND}: 2 events matched, 1 alert`,
    ]);
  });

  test('the recorded trace: 18 rows just after its last event', async () => {
    const { code, out } = await cli.run('scan', TRACE, '--at', '2026-11-21T20:16:00Z', '--rule', RARE_COMMAND);
    expect(code).toBe(0);
    const alerts = objects(out) as { readonly events: readonly string[] }[];
    expect(alerts).toHaveLength(18);
    expect(alerts.flatMap((alert) => alert.events)).toHaveLength(27);
  });

  test('without a time the schedule is replayed, and what recurs is one alert', async () => {
    const later = shellEvent('s3', '2026-03-08T11:30:00.000Z');
    await put('more.ndjson.gz', gzipSync(ndjson([later])));
    const { out } = await cli.run('scan', 'events.ndjson', 'more.ndjson.gz', '--rule', RARE_COMMAND);
    expect(objects(out)).toEqual([
      expect.objectContaining({
        columns: expect.objectContaining({ cc: 1 }),
        events: ['s2', 's1', 's3'],
        last_seen: '2026-03-08T11:30:00.000Z',
      }),
    ]);
  });

  test('an array of documents is as good as lines', async () => {
    await put('events.json', JSON.stringify(events, null, 2));
    const { out } = await cli.run('scan', 'events.json', '--at', '2026-03-08T10:00:00Z', '--rule', NEW_CHILD);
    expect(objects(out)).toHaveLength(1);
  });

  test('what was left out, skipped or unclear goes to standard error', async () => {
    const merged = shellEvent('m', '2026-03-08T09:30:00Z', { 'event.action': ['fork', 'exec'] });
    const lost = childEvent('l', '2026-03-08T09:58:00Z', { 'host.id': null });
    await put('bad.ndjson', `${ndjson([merged, lost])}{"broken":\n{"n":1}\n`);
    const { code, out, err } = await cli.run('scan', 'bad.ndjson', '--at', '2026-03-08T10:00:00Z');
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('bad.ndjson:3: left out: invalid JSON');
    expect(err).toContain('bad.ndjson:4: left out: @timestamp is missing');
    expect(err).toContain(`${NEW_CHILD}: 1 event not judged: host.id is missing`);
    expect(err).toContain(`${RARE_COMMAND}: 1 event not judged: event.action has several values`);
  });

  test('the log of another source is mapped, and what was skipped is said', async () => {
    const trace = TRACE.replace('.ecs.ndjson', '.audit.log');
    const at = ['--rule', RARE_COMMAND, '--at', '2026-11-21T20:15:29Z'];
    const { code, out, err } = await cli.run('scan', trace, ...at);
    expect(code).toBe(0);
    expect(objects(out)).toHaveLength(18);
    expect(err).toContain('Recognised as auditd log: 213 events');
    expect(err).toContain('26 records skipped: not a process record');
    const forced = await cli.run('scan', trace, '--source', 'ecs', ...at);
    expect(forced).toMatchObject({ code: 2, err: expect.stringContaining('nothing in it is an event; line 1') });
    const unknown = await cli.run('scan', trace, '--source', 'syslog');
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('elastic-hits, kibana-csv, auditd') });
  });

  test('a table for people: aligned, and nothing in it that a terminal would obey', async () => {
    const hostile = 'sh -c \u001b[2J\u001b]0;owned\u0007\r\n\u202eevil\u009b31m id';
    await put('hostile.ndjson', ndjson([shellEvent('h', '2026-03-08T09:30:00Z', { 'process.command_line': hostile })]));
    const { out } = await cli.run('scan', 'hostile.ndjson', '--at', '2026-03-08T10:00:00Z', '--format', 'table');
    const [head = '', row = '', ...more] = out.trimEnd().split('\n');
    expect(more).toEqual([]);
    expect(row.slice(head.indexOf('COMMAND'))).toBe(
      'sh -c \\u001b[2J\\u001b]0;owned\\u0007\\u000d\\u000a\\u202eevil\\u009b31m id',
    );
    const lines = await cli.run('scan', 'hostile.ndjson', '--at', '2026-03-08T10:00:00Z');
    expect(lines.out.slice(0, -1)).toMatch(/^[\u0020-\u007e]*$/);
    expect(objects(lines.out)).toMatchObject([{ keys: { 'process.command_line': hostile } }]);
  });

  test('paths are relative to the folder npm was called in', async () => {
    const env = { INIT_CWD: join(cli.folder, 'tmp') };
    const { code } = await cli.runWith({ env }, 'scan', '../events.ndjson', '--at', '2026-03-08T10:00:00Z');
    expect(code).toBe(0);
  });
});

describe('a command that is stopped', () => {
  // More than a pipe holds, so that the command is still writing.
  const many = Array.from({ length: 20_000 }, (_, index) => ({ a: 'x', text: 'y'.repeat(100), index }));
  const query = ['query', 'many.ndjson', '--lang', 'kql', '--query', 'a:x'];

  beforeEach(() => put('many.ndjson', ndjson(many)));

  test('by an interruption leaves nothing behind', async () => {
    expect(await cli.runWith({ interruptAt: 1 }, ...query)).toMatchObject({ code: 130, err: '' });
    expect(await readdir(join(cli.folder, 'tmp'))).toEqual([]);
  });

  test('by a reader that has seen enough is no failure, and leaves nothing behind', async () => {
    expect(await cli.runWith({ readUpTo: 1 }, ...query)).toMatchObject({ code: 0, err: '' });
    expect(await readdir(join(cli.folder, 'tmp'))).toEqual([]);
  });
});

describe('query', () => {
  test('KQL prints matching records unchanged, in the order of the files', async () => {
    const lines = ['{"b":  [1, 2] ,"a":"x"}', '{"a":"y"}', '  {"a":"x","n":1.50}  ', '{"a":"x"}', '{"a":"x"}'];
    await put('one.ndjson', lines.join('\n'));
    await put('two.ndjson', '{"a":"x","file":2}\n');
    const { out } = await cli.run('query', 'two.ndjson', 'one.ndjson', '--lang', 'kql', '--query', 'a:x');
    expect(out.trimEnd().split('\n')).toEqual([
      '{"a":"x","file":2}',
      '{"b":  [1, 2] ,"a":"x"}',
      '{"a":"x","n":1.50}',
      '{"a":"x"}',
      '{"a":"x"}',
    ]);
  });

  test.each(['duckdb', 'reference'])(
    '%s: the filter of the new terms rule finds the four starts of file',
    async (engine) => {
      const { out } = await cli.run('query', TRACE, '--rule', NEW_CHILD, '--format', 'ids', '--engine', engine);
      expect(out.trimEnd().split('\n')).toEqual(['run1-0027', 'run1-0048', 'run1-0069', 'run1-0209']);
    },
  );

  test.each(['duckdb', 'reference'])('%s: ES|QL prints rows as objects', async (engine) => {
    const query =
      'from x | stats n = count(), hosts = values(host.name), latest = max(@timestamp) by user.id, no = agent.name';
    const { out } = await cli.run('query', 'events.ndjson', '--lang', 'esql', '--query', query, '--engine', engine);
    const [row] = objects(out);
    expect(row).toEqual({
      n: 3,
      hosts: expect.anything(),
      latest: '2026-03-08T09:58:00.000Z',
      'user.id': '33',
      no: null,
    });
    expect((row as { hosts: string[] }).hosts.toSorted()).toEqual(['a', 'b', 'web1']);
  });

  test("a rule's ES|QL query runs as of a time", async () => {
    const { out, code } = await cli.run('query', TRACE, '--rule', RARE_COMMAND, '--at', '2026-11-21T20:16:00Z');
    expect(code).toBe(0);
    expect(objects(out)).toHaveLength(18);
    expect((await cli.run('query', TRACE, '--rule', RARE_COMMAND, '--at', '2026-11-22T20:16:00Z')).out).toBe('');
  });

  test('types of unknown fields are inferred, those of ECS are known', async () => {
    const records = [
      { bytes: 9, ratio: 0.5, ok: true, when: '2026-03-01', mixed: 1, process: { pid: '12' } },
      { bytes: 10, ratio: 2, ok: false, when: '2026-03-02T00:00:00Z', mixed: 'two', big: 9007199254740993n },
    ];
    const text = records
      .map((record) => JSON.stringify(record, (_, value) => (typeof value === 'bigint' ? `<${value}>` : value)))
      .join('\n')
      .replace('"<', '')
      .replace('>"', '');
    await put('types.ndjson', text);
    const { out } = await cli.run(
      'query',
      'types.ndjson',
      '--lang',
      'esql',
      '--query',
      'from x | sort bytes desc | limit 5',
    );
    expect(out.split('\n')[0]).toBe(
      '{"big":9007199254740993,"bytes":10,"mixed":"two","ok":false,"process.pid":null,"ratio":2,"when":"2026-03-02T00:00:00.000Z"}',
    );
    expect(objects(out)[1]).toMatchObject({
      bytes: 9,
      mixed: '1',
      'process.pid': 12,
      when: '2026-03-01T00:00:00.000Z',
    });
  });

  test('a mapping file decides: types, ignore_above, sub-fields, what is mapped at all', async () => {
    await put(
      'm.ndjson',
      ndjson([
        { id: 'e1', name: 'Ab', code: '12', event: { id: 'e1' } },
        { name: 'toolong', code: '7', event: { id: 'e2' } },
      ]),
    );
    await put(
      'mapping.json',
      JSON.stringify({
        'logs-1': {
          mappings: {
            properties: {
              name: {
                type: 'keyword',
                ignore_above: 5,
                fields: { caseless: { type: 'keyword', normalizer: 'lowercase' }, text: { type: 'match_only_text' } },
              },
              code: { type: 'integer' },
              event: { properties: { id: { type: 'keyword' } } },
            },
          },
        },
      }),
    );
    const ask = async (lang: string, query: string, ...more: string[]) =>
      (await cli.run('query', 'm.ndjson', '--mapping', 'mapping.json', '--lang', lang, '--query', query, ...more)).out;
    expect(await ask('kql', 'name:*', '--format', 'ids')).toBe('e1\n');
    expect(await ask('kql', 'name.caseless:AB', '--format', 'ids')).toBe('e1\n');
    expect(await ask('kql', 'code > 8', '--format', 'ids')).toBe('e1\n');
    expect(await ask('esql', 'from x | where code < 8 | keep name, code, event.id')).toBe(
      '{"name":null,"code":7,"event.id":"e2"}\n',
    );
    expect(await ask('esql', 'from x | keep name.text | sort name.text | limit 1')).toBe('{"name.text":"Ab"}\n');
    const unknown = await cli.run(
      'query',
      'm.ndjson',
      '--mapping',
      'mapping.json',
      '--lang',
      'esql',
      '--query',
      'from x | keep host.id',
    );
    expect(unknown.err).toContain('line 1:15: Unknown column [host.id]');
  });
});

describe('problems are one clear line and exit code 2', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['no such file', ['scan', 'absent.ndjson'], /^oddspawn: absent\.ndjson: there is no such file$/],
    ['a folder', ['scan', 'tmp'], /^oddspawn: tmp: is not a file$/],
    ['standard input', ['scan', '-'], /^oddspawn: -: standard input is not read; give a file$/],
    [
      'no key of the rule',
      ['explain', 'events.ndjson', '--rule', NEW_CHILD, '--key', 'a=b'],
      /^oddspawn: --key a: the keys of unusual-child-execution-via-web-server are process\.command_line, host\.id, process\.executable\.$/,
    ],
    [
      'no address',
      ['tail', 'events.ndjson', '--key', 'k', '--url', 'localhost:7878'],
      /^oddspawn: --url localhost:7878: is no address/,
    ],
    ['a folder to follow', ['tail', 'tmp', '--key', 'k'], /^oddspawn: tmp: is not a file; - reads standard input\.$/],
    ['no such rule', ['scan', 'events.ndjson', '--rule', 'x'], /^oddspawn: There is no rule x; there are /],
    ['no time', ['scan', 'events.ndjson', '--at', 'noon'], /^oddspawn: --at noon: is no time/],
    ['no option', ['scan', 'events.ndjson', '--colour'], /^error: unknown option '--colour'$/],
    ['no language', ['query', 'events.ndjson', '--query', 'a:b'], /^oddspawn: Say the language/],
    [
      'two queries',
      ['query', 'events.ndjson', '--query', 'a:b', '--rule', NEW_CHILD],
      /^oddspawn: Give the query by exactly one/,
    ],
    [
      'KQL',
      ['query', 'events.ndjson', '--lang', 'kql', '--query', 'a:b and\n  c:d:e'],
      /^oddspawn: --query: line 2:6: /,
    ],
    [
      'ES|QL',
      ['query', 'events.ndjson', '--lang', 'esql', '--query', 'from x\n| wher a'],
      /^oddspawn: --query: line 2:3: /,
    ],
    [
      'ids of rows',
      ['query', 'events.ndjson', '--lang', 'esql', '--query', 'from x', '--format', 'ids'],
      /^oddspawn: --format ids: /,
    ],
    [
      'no mapping',
      ['query', 'events.ndjson', '--lang', 'kql', '--query', 'a:b', '--mapping', 'events.ndjson'],
      /^oddspawn: events\.ndjson: /,
    ],
  ])('%s', async (_, args, line) => {
    const { code, out, err } = await cli.run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err.trimEnd()).toMatch(line);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a file that breaks off, or holds no event', async () => {
    const packed = gzipSync(ndjson(events));
    await put('cut.ndjson.gz', packed.subarray(0, packed.length - 20));
    expect(await cli.run('scan', 'cut.ndjson.gz')).toMatchObject({ code: 2, out: '' });
    await put('none.txt', 'hello\nworld\n');
    const { code, err } = await cli.run('scan', 'none.txt');
    expect(code).toBe(2);
    expect(err).toMatch(/^oddspawn: none\.txt: No source that is understood: the first record begins "hello"[^\n]*\n$/);
  });
});

test('a pipe that nobody writes into is refused, and not waited for', async () => {
  execFileSync('mkfifo', [join(cli.folder, 'pipe')]);
  for (const args of [
    ['scan', 'pipe'],
    ['tail', 'pipe', '--key', 'k'],
  ]) {
    expect(await cli.run(...args)).toMatchObject({ code: 2, err: expect.stringContaining('pipe: is not a file') });
  }
});

test('a file without a record is said to be one', async () => {
  await put('empty.ndjson', '');
  const { code, out, err } = await cli.run('scan', 'empty.ndjson', '--rule', NEW_CHILD);
  expect([code, out]).toEqual([0, '']);
  expect(err).toBe(`empty.ndjson: holds no record\n${NEW_CHILD}: 0 events matched, 0 alerts\n`);
});

test('help tells defaults of what has one', async () => {
  for (const command of ['scan', 'explain']) {
    const { code, out } = await cli.run(command, '--help');
    expect([code, out]).toEqual([0, expect.not.stringMatching(/default: (\[\]|false)/)]);
  }
});

test('rules check says of each file whether it can be evaluated', async () => {
  await put('eql_rule.toml', '[rule]\ntype = "eql"\n');
  await put('bad.toml', '[rule]\nname = \n');
  const { code, out } = await cli.run(
    'rules',
    'check',
    '../rules/unusual-child-execution-via-web-server',
    'eql_rule.toml',
    'bad.toml',
  );
  expect(code).toBe(2);
  expect(objects(out)).toMatchObject([
    { ok: true, slug: NEW_CHILD, diagnostics: [], limit: 100 },
    { path: 'eql_rule.toml', ok: false, type: 'eql', unsupported: ['eql'], diagnostics: [{ line: 2, column: 1 }] },
    { path: 'bad.toml', ok: false, diagnostics: [{ code: 'toml', line: 2 }] },
  ]);
});

test('rules check takes a folder for the rule files below it', async () => {
  const { code, out } = await cli.run('rules', 'check', '../rules', 'gone');
  expect(code).toBe(2);
  expect(objects(out)).toMatchObject([
    { path: `../rules/${NEW_CHILD}/rule.toml`, ok: true },
    { path: expect.stringContaining('unusual-command'), ok: true },
    { path: 'gone', ok: false, diagnostics: [{ message: 'gone: there is no such file' }] },
  ]);
});
