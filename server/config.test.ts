import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('without settings it listens on loopback, with its data in its own folder, wherever it is started', () => {
  expect(readConfig({}, [], '/srv/oddspawn', '/home/anna')).toMatchObject({
    ok: true,
    value: { host: '127.0.0.1', port: 7878, dataFolder: '/srv/oddspawn/.oddspawn/data', demo: true },
  });
});

test('paths that are given start where the user is', () => {
  const config = readConfig({}, ['--data', 'cases'], '/srv/oddspawn', '/home/anna');
  expect(config).toMatchObject({ value: { dataFolder: '/home/anna/cases', root: '/srv/oddspawn' } });
});

test.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])('%s is loopback', (host) => {
  expect(readConfig({ ODDSPAWN_HOST: host }, [], '/').ok).toBe(true);
});

test.each(['0.0.0.0', '::', '10.0.0.5', '127.example.com', 'localhost.example.com'])('%s is refused', (host) => {
  const config = readConfig({ ODDSPAWN_HOST: host }, [], '/');
  expect(config.ok ? '' : config.error).toMatch(/ODDSPAWN_HOST is “.*”, and must be a loopback address/);
});

test('an option wins over the environment', () => {
  const config = readConfig({ ODDSPAWN_PORT: '1', ODDSPAWN_DEMO: 'off' }, ['--port=8080', '--actor', 'anna'], '/');
  expect(config).toMatchObject({ ok: true, value: { port: 8080, actor: 'anna', demo: false } });
});

test.each([
  [{ ODDSPAWN_PORT: '70000' }, [], /ODDSPAWN_PORT/],
  [{ ODDSPAWN_MEMORY: 'lots' }, [], /ODDSPAWN_MEMORY is “lots”, and must be a size/],
  [{}, ['--colour', 'red'], /Unknown option --colour/],
  [{}, ['--port'], /Option --port needs a value/],
])('%j %j is said to be wrong in one line', (environment, args, message) => {
  const config = readConfig(environment, args, '/');
  expect(config.ok ? '' : config.error).toMatch(message);
  expect(config.ok ? '' : config.error).not.toContain('\n');
});

test('a second address for events speaks TLS on a network, unless somebody answers for it', () => {
  const ingest = (environment: Record<string, string>) => readConfig(environment, [], '/srv');
  expect(ingest({})).toMatchObject({ ok: true, value: { ingest: null } });
  expect(ingest({ ODDSPAWN_INGEST_PORT: '9200' })).toMatchObject({
    value: { ingest: { host: '127.0.0.1', port: 9200, tls: null } },
  });
  const open = { ODDSPAWN_INGEST_HOST: '0.0.0.0' };
  expect(ingest(open)).toMatchObject({
    ok: false,
    error: expect.stringMatching(/^ODDSPAWN_INGEST_HOST: .*unencrypted/) as string,
  });
  expect(ingest({ ...open, ODDSPAWN_INGEST_PLAIN: 'on' }).ok).toBe(true);
  expect(ingest({ ...open, ODDSPAWN_INGEST_TLS_CERT: 'c.pem' })).toMatchObject({ ok: false });
  expect(ingest({ ...open, ODDSPAWN_INGEST_TLS_CERT: 'c.pem', ODDSPAWN_INGEST_TLS_KEY: '/k.pem' })).toMatchObject({
    value: { ingest: { host: '0.0.0.0', port: 8443, tls: { cert: '/srv/c.pem', key: '/k.pem' } } },
  });
});
