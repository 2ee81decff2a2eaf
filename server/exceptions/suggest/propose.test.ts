import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import type { ExceptionEntry } from '#shared/exceptions/item.ts';
import { entrySentence } from '#shared/exceptions/sentence.ts';
import { commandShape } from '#shared/rarity/shape.ts';
import { atOnce } from './in-turns.ts';
import { type JudgedAlert, judgedByLikeness } from './judged-alert.ts';
import { proposeExceptions as proposing } from './propose.ts';

const FIELDS = {
  command: 'process.command_line',
  image: 'process.executable',
  folder: 'process.working_directory',
  parent: 'process.parent.executable',
  host: 'host.name',
  user: 'user.name',
};

const alert = (
  id: string,
  stand: JudgedAlert['stand'],
  facts: Partial<Record<keyof typeof FIELDS, string>>,
): JudgedAlert => ({
  id,
  stand,
  raisedAt: '2026-11-21T12:00:00.000Z',
  likeness: `${commandShape(facts.command ?? '')} ${facts.parent}`,
  facts: new Map(
    Object.entries(FIELDS).flatMap(([name, field]) => {
      const value = facts[name as keyof typeof FIELDS];
      return value === undefined ? [] : [[field, value] as const];
    }),
  ),
});

const proposeExceptions = (alerts: readonly JudgedAlert[]) => atOnce(proposing(alerts));

const said = (entries: readonly ExceptionEntry[]): string => entries.map(entrySentence).join(' and ');

test('false positives of one shape are one pattern, and those of another a second', () => {
  const alerts = [
    ...Array.from({ length: 5 }, (_, n) =>
      alert(`t${n}`, 'noise', { command: `tar xf /tmp/b${n}.tgz`, host: `h${n}` }),
    ),
    ...Array.from({ length: 3 }, (_, n) => alert(`u${n}`, 'noise', { command: 'uname -a', host: `h${n}`, user: 'ci' })),
    alert('id', 'kept', { command: 'id', host: 'h1' }),
  ];
  const proposals = proposeExceptions(alerts);
  expect(proposals.map(({ entries, covered }) => [said(entries), covered.length])).toEqual([
    ['process.command_line matches “tar xf /tmp/*”', 5],
    ['process.command_line is “uname -a”', 3],
  ]);
  expect(said(proposals[1]?.shared ?? [])).toBe('user.name is “ci”');
});

test('files that only differ by their name are files of one directory', () => {
  const alerts = ['UbwXcW', 'S42XRW', 'NGwZzD'].map((name) =>
    alert(name, 'noise', { command: `bash -e /opt/runner/_temp/${name}.sh --trace`, parent: '/opt/runner/bin/worker' }),
  );
  expect(proposeExceptions(alerts).map(({ entries }) => said(entries))).toEqual([
    'process.command_line matches “bash -e /opt/runner/_temp/*.sh --trace”',
  ]);
});

test('a true positive of the same command needs another condition, and where nothing tells them apart nothing is proposed', () => {
  const noisy = [1, 2, 3].map((n) => alert(`n${n}`, 'noise', { command: 'id', parent: '/usr/sbin/cron' }));
  const intruder = alert('t', 'kept', { command: 'id', parent: '/usr/sbin/nginx' });
  expect(proposeExceptions([...noisy, intruder]).map(({ entries }) => said(entries))).toEqual([
    'process.command_line is “id” and process.parent.executable is “/usr/sbin/cron”',
  ]);
  const same = alert('s', 'kept', { command: 'id', parent: '/usr/sbin/cron' });
  expect(proposeExceptions([...noisy, same])).toEqual([]);
});

test('what nobody has judged stays, unless it looks like a false positive', () => {
  const noisy = [1, 2, 3].map((n) => alert(`n${n}`, 'noise', { command: `ping 10.0.0.${n}`, parent: '/bin/a' }));
  const alike = alert('o', 'open', { command: 'ping 10.0.0.9', parent: '/bin/a' });
  expect(proposeExceptions([...noisy, alike]).map(({ entries }) => said(entries))).toEqual([
    'process.command_line matches “ping *”',
  ]);
  const other = alert('o', 'open', { command: 'ping 10.0.0.9', parent: '/bin/b' });
  expect(proposeExceptions([...noisy, other]).map(({ entries }) => said(entries))).toEqual([
    'process.command_line matches “ping *” and process.parent.executable is “/bin/a”',
  ]);
});

test('a host, a user, a shell or a directory alone is never proposed; an image with its place is', () => {
  const at = (n: number, image: string) =>
    alert(`n${n}`, 'noise', {
      command: `${image} ${'abcdefgh'.slice(0, n + 1)}`,
      image,
      folder: `/srv/app/part${n}`,
      host: 'h',
      user: 'www-data',
    });
  expect(proposeExceptions([0, 1, 2].map((n) => at(n, '/bin/sh'))).map(({ entries }) => said(entries))).toEqual([
    'process.command_line is one of “/bin/sh a”, “/bin/sh ab”, “/bin/sh abc”',
  ]);
  expect(proposeExceptions([0, 1, 2].map((n) => at(n, '/opt/tool'))).map(({ entries }) => said(entries))).toEqual([
    'process.executable is “/opt/tool” and process.working_directory matches “/srv/app/*”',
  ]);
});

test('false positives that differ by one value are a set of values; one that must stay is not among them', () => {
  const by = (id: string, stand: JudgedAlert['stand'], image: string) =>
    alert(id, stand, { image, parent: '/opt/agent', folder: '/var/agent', host: `h${id}` });
  const proposals = proposeExceptions([
    ...['df', 'ls', 'du'].map((name) => by(name, 'noise', `/usr/bin/${name}`)),
    ...[1, 2].map((n) => by(`w${n}`, 'noise', '/usr/bin/w')),
    by('id', 'kept', '/usr/bin/id'),
  ]);
  expect(proposals.map(({ entries, covered }) => [said(entries), covered.length])).toEqual([
    [
      'process.executable is one of “/usr/bin/df”, “/usr/bin/du”, “/usr/bin/ls”, “/usr/bin/w” and process.parent.executable is “/opt/agent”',
      5,
    ],
  ]);
});

const text = fc.constantFrom('id', 'ls /tmp/a1', 'ls /tmp/b2', 'curl http://a/1', 'sh -c x', 'a*b', 'a?b 7', 'a?b 8');
const samples = fc.array(
  fc.record({
    stand: fc.constantFrom('noise' as const, 'noise' as const, 'kept' as const, 'open' as const, 'free' as const),
    command: fc.option(text, { nil: undefined }),
    image: fc.constantFrom('/bin/sh', '/opt/tool/run', '/opt/tool/go'),
    folder: fc.constantFrom('/', '/srv/app/x', '/srv/app/y', '/srv/web/z'),
    parent: fc.constantFrom('/usr/sbin/nginx', '/usr/sbin/cron'),
    host: fc.constantFrom('h1', 'h2'),
  }),
  { maxLength: 40 },
);

test('a proposal holds for what it says and for nothing that must stay, whatever the order of the alerts', () => {
  fc.assert(
    fc.property(samples, (found) => {
      const alerts = found.map(({ stand, command, ...facts }, n) =>
        alert(`a${n}`, stand, { ...facts, ...(command !== undefined && { command }) }),
      );
      const proposals = proposeExceptions(alerts);
      expect(proposeExceptions(alerts.toReversed())).toEqual(proposals);
      for (const { entries, covered } of proposals) {
        const compiled = compileException(entries, ECS_PROCESS);
        if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
        const holds = judgedByLikeness(alerts).filter(({ facts }) => {
          const document = new Map([...facts].map(([field, value]) => [field, [value]]));
          return evaluateFilter(compiled.value, document, 0) === true;
        });
        expect(holds.filter(({ stand }) => stand === 'kept')).toEqual([]);
        expect(
          holds
            .filter(({ stand }) => stand === 'noise')
            .map(({ id }) => id)
            .sort(),
        ).toEqual([...covered].sort());
        const noisy = new Set(alerts.filter(({ stand }) => stand === 'noise').map(({ likeness }) => likeness));
        const hidden = new Set(holds.map(({ id }) => id));
        const open = alerts.filter(({ id, stand }) => stand === 'open' && hidden.has(id));
        expect(open.every(({ likeness }) => noisy.has(likeness))).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
