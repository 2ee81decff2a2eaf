import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { type Asked, fakeServer } from '#client/testing/fake-server.ts';
import { renderAt } from '#client/testing/render-app.tsx';
import type { Source, SourcesAnswer } from '#shared/api/sources.ts';

const now = new Date().toISOString();
const source: Source = {
  id: 's1',
  name: 'logs-<b>endpoint</b>',
  key: { id: 'k1', name: 'web servers' },
  client: 'Vector/0.40',
  records: 110,
  events: 100,
  duplicates: 4,
  rejected: 6,
  skipped: 0,
  firstArrival: now,
  lastArrival: now,
  clockSkew: 1200,
  arrivals: { sampled: 50, lateP50: 900, lateP95: 4000, ahead: 2, old: 0, merged: 5 },
  lastReject: { day: '2026-11-22', reason: '@timestamp is missing' },
  splitMerged: false,
  lag: 800,
  recordsPerSecond: 12,
  series: [{ at: now, records: 110 }],
};
const answer: SourcesAnswer = {
  sources: [source],
  uploaded: [],
  waitingBytes: 0,
  waitingRecords: 0,
  setAside: 0,
  waitingLimit: 1000,
  trouble: null,
  refused: [{ client: 'Vector/0.40', reason: 'busy', requests: 3, lastAt: now }],
};
const gap = {
  rule: 'r1',
  ruleName: 'Rule one',
  reason: 'event.action has several values',
  starts: 8,
  unjudged: 3,
};
const coverage = {
  all: { source: null, starts: 100, gaps: [gap, { ...gap, reason: 'host.id is missing', starts: 12, unjudged: 0 }] },
  sources: [],
};
const rejects = {
  days: [{ day: '2026-11-22', rejected: 6, kept: 6 }],
  rejects: [{ day: '2026-11-22', line: 3, reason: '@timestamp is missing', text: '{"a":1}' }],
};
const ANSWERS = {
  'GET /api/sources': answer,
  'GET /api/coverage': coverage,
  'GET /api/sources/s1/rejects': rejects,
};

test('a stream tells how it runs, what was refused, and what rules cannot see of it', async () => {
  fakeServer(ANSWERS);
  renderAt('/sources');
  const stream = await screen.findByRole('listitem', { name: source.name });
  for (const words of [
    '12 events/s',
    /100 stored/,
    '4 duplicates',
    /6 rejected/,
    /half arrive within 900 ms, 95 % within 4 s/,
  ]) {
    expect(stream).toHaveTextContent(words);
  }
  expect(stream).toHaveTextContent(/2 of the last 50 events looked at come from the future/);
  expect(stream).toHaveTextContent('last error, 2026-11-22: @timestamp is missing');
  const link = await within(stream).findByRole('link', { name: /^Download 2026-11-22/ });
  expect(link).toHaveAttribute('href', '/api/sources/s1/rejects.ndjson?day=2026-11-22');
  const found = await screen.findByRole('region', { name: 'Coverage: Everything' });
  expect(found).toHaveTextContent(
    'event.action has several values in 8 % of starts: Rule one cannot judge 3 events for that',
  );
  expect(found).toHaveTextContent('1 more gap that no rule has met so far');
  expect(screen.getByRole('row', { name: /Vector\/0.40 too much was waiting/ })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Live, 12/s' })).toBeVisible();
});

test('a stream that has gone silent says since when, and what to look at', async () => {
  const silent = { ...source, recordsPerSecond: 0, lastArrival: '2026-11-20T10:00:00Z' };
  fakeServer({ ...ANSWERS, 'GET /api/sources': { ...answer, sources: [silent] } });
  renderAt('/sources');
  const stream = await screen.findByRole('listitem', { name: source.name });
  expect(stream).toHaveTextContent(/silent.*Nothing has come for .*: see whether .* still runs on its host/);
});

test('splitting is off until it is chosen, in one click from what coverage finds', async () => {
  const asked = fakeServer({ ...ANSWERS, 'PUT /api/sources/s1/settings': { ok: true } });
  renderAt('/sources');
  expect(await screen.findByRole('switch', { name: /^Split merged documents/ })).not.toBeChecked();
  await userEvent
    .setup()
    .click(await screen.findByRole('button', { name: /^Split merged documents of .* from now on$/ }));
  await waitFor(() => expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({ splitMerged: true }));
});

test('configuration has the address typed, and no key until one is made', async () => {
  fakeServer({});
  const user = userEvent.setup();
  renderAt('/sources');
  const address = await screen.findByLabelText('Address as its host sees it');
  const config = await screen.findByRole('region', { name: 'Filebeat: filebeat.yml' });
  expect(config).toHaveTextContent('api_key: "ID:KEY"');
  await user.clear(address);
  await user.type(address, 'https://oddspawn.example:8443');
  expect(screen.getByRole('region', { name: 'Filebeat: filebeat.yml' })).toHaveTextContent(
    'hosts: ["https://oddspawn.example:8443"]',
  );
  await user.type(address, '"; rm');
  expect(screen.queryByRole('region', { name: 'Filebeat: filebeat.yml' })).toBeNull();
});

test('letting events go is asked for, with what it means', async () => {
  const asked = fakeServer({
    'GET /api/retention': { days: null, bytes: null, present: 4_200_000 },
    'PUT /api/retention': ({ body }: Asked) => ({ ...(body as object), present: 4_200_000 }),
  });
  const user = userEvent.setup();
  renderAt('/sources');
  expect(await screen.findByText(/The store takes 4.2 MB at present/)).toBeVisible();
  await user.click(screen.getByRole('checkbox', { name: 'Let events go by age' }));
  expect(screen.getByText(/^Events are kept for 30 days, as long as there is room on the disk/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Set' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('cannot be brought back');
  await user.click(within(dialog).getByRole('button', { name: 'Set' }));
  await waitFor(() => expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({ days: 30, bytes: null }));
});

test('what was set aside can be loaded again, taken away or let go', async () => {
  const failed = [{ id: 'f1', at: now, problem: 'Binder Error', records: 3, bytes: 900 }];
  const asked = fakeServer({
    ...ANSWERS,
    'GET /api/sources': { ...answer, setAside: 3 },
    'GET /api/failed-segments': { failed },
    'POST /api/failed-segments/f1/retry': { ok: true },
  });
  renderAt('/sources');
  const list = await screen.findByRole('list', { name: 'Set aside' });
  expect(list).toHaveTextContent('3 records could not be loaded and are set aside');
  expect(within(list).getByRole('link', { name: 'Download' })).toHaveAttribute(
    'href',
    '/api/failed-segments/f1/records.ndjson',
  );
  await userEvent.setup().click(within(list).getByRole('button', { name: 'Load again' }));
  await waitFor(() => expect(asked.some(({ path }) => path === '/api/failed-segments/f1/retry')).toBe(true));
});

test('a full disk is told on every page', async () => {
  const refused = [{ client: 'Vector/0.40', reason: 'no-space', requests: 1, lastAt: new Date().toISOString() }];
  fakeServer({ 'GET /api/sources': { ...answer, refused } });
  renderAt('/data');
  expect(await screen.findByText(/The disk is full/)).toBeVisible();
});
