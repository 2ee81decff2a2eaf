import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('without settings it listens on loopback, in the working folder', () => {
  expect(readConfig({}, [], '/srv/oddspawn')).toMatchObject({
    ok: true,
    value: { host: '127.0.0.1', port: 7878, dataFolder: '/srv/oddspawn/.oddspawn/data', demo: true },
  });
});

test.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])('%s is loopback', (host) => {
  expect(readConfig({ ODDSPAWN_HOST: host }, [], '/').ok).toBe(true);
});

test.each(['0.0.0.0', '::', '10.0.0.5', '127.example.com', 'localhost.example.com'])('%s is refused', (host) => {
  const config = readConfig({ ODDSPAWN_HOST: host }, [], '/');
  expect(config.ok ? '' : config.error).toMatch(/ODDSPAWN_HOST: must be a loopback address/);
});

test('an option wins over the environment', () => {
  const config = readConfig({ ODDSPAWN_PORT: '1', ODDSPAWN_DEMO: 'off' }, ['--port=8080', '--actor', 'anna'], '/');
  expect(config).toMatchObject({ ok: true, value: { port: 8080, actor: 'anna', demo: false } });
});

test.each([
  [{ ODDSPAWN_PORT: '70000' }, [], /ODDSPAWN_PORT/],
  [{ ODDSPAWN_MEMORY: 'lots' }, [], /ODDSPAWN_MEMORY: must be a size/],
  [{}, ['--colour', 'red'], /Unknown option --colour/],
  [{}, ['--port'], /Option --port needs a value/],
])('%j %j is said to be wrong in one line', (environment, args, message) => {
  const config = readConfig(environment, args, '/');
  expect(config.ok ? '' : config.error).toMatch(message);
  expect(config.ok ? '' : config.error).not.toContain('\n');
});
