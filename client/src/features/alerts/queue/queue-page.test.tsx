import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { alert, detail } from '#client/testing/factories.ts';
import { type Asked, fakeServer } from '#client/testing/fake-server.ts';
import { renderAt } from '#client/testing/render-app.tsx';

const ALERTS = [
  alert({ id: 'a1', commandLine: 'sh -c id' }),
  alert({ id: 'a2', commandLine: 'sh -c uname -a' }),
  alert({ id: 'a3', commandLine: 'sh -c invoice\u202egpj.exe' }),
];
let asked: Asked[];

beforeEach(() => {
  localStorage.clear();
  asked = fakeServer({
    'GET /api/alerts': { alerts: ALERTS, total: 250, counts: { open: 250, acknowledged: 0, closed: 3, stale: 1 } },
    'GET /api/alerts/a2': detail({ alert: alert({ id: 'a2', commandLine: 'sh -c uname -a' }) }),
    'POST /api/alerts/changes': { changed: 2, undo: 'u1' },
    'POST /api/undo/u1': { restored: 2, skipped: 0 },
  });
});

const bodies = (path: string) => asked.filter((one) => one.path === path).map(({ body }) => body);
const boxOf = (name: RegExp) => screen.findByRole('checkbox', { name });

test('two alerts are chosen, closed with a verdict and taken back by Ctrl+Z', async () => {
  const user = userEvent.setup();
  renderAt('/alerts');
  await user.click(await boxOf(/Select sh -c id/));
  await user.click(await boxOf(/Select sh -c uname/));
  const bar = screen.getByRole('toolbar', { name: 'Change the selected alerts' });
  expect(within(bar).getByText('2 selected')).toBeVisible();

  await user.keyboard('c');
  const dialog = await screen.findByRole('dialog', { name: 'Close with a verdict' });
  await user.click(within(dialog).getByRole('radio', { name: 'Benign' }));
  await user.type(within(dialog).getByRole('textbox', { name: 'Note' }), 'nightly job');
  await user.click(within(dialog).getByRole('button', { name: 'Set verdict and close' }));

  expect(await screen.findByText('2 alerts closed as benign, noted')).toBeVisible();
  expect(bodies('/api/alerts/changes')).toEqual([
    { selection: { ids: ['a1', 'a2'] }, change: { status: 'closed', verdict: 'benign', note: 'nightly job' } },
  ]);
  await user.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(bodies('/api/undo/u1')).toHaveLength(1));
  expect(await screen.findByText('Taken back for 2 alerts')).toBeVisible();
});

test('all matching goes to the server as a filter, not as a list', async () => {
  const user = userEvent.setup();
  renderAt('/alerts?host=shop4');
  await user.click(await boxOf(/Select sh -c id/));
  await user.click(screen.getByRole('button', { name: 'Select all 250 matching' }));
  await user.click(await boxOf(/Select sh -c uname/));
  expect(screen.getByText('249 selected')).toBeVisible();
  await user.keyboard('v');
  await waitFor(() =>
    expect(bodies('/api/alerts/changes')).toEqual([
      {
        selection: { filter: { status: ['open'], host: ['shop4'] }, except: ['a2'] },
        change: { status: 'acknowledged' },
      },
    ]),
  );
});

test('findings that later data contradicts are told in the queue and the alert, with what changed', async () => {
  const stale = alert({ id: 'a2', commandLine: 'sh -c uname -a', stepsAnswered: 1, stepsStale: 1 });
  asked = fakeServer({
    'GET /api/alerts': { alerts: [stale], total: 1, counts: { open: 1, acknowledged: 0, closed: 0, stale: 1 } },
    'GET /api/alerts/a2': detail({ alert: stale }),
    'GET /api/alerts/a2/guide/stale': {
      answers: [{ step: 's', title: 'Read the command', changes: [{ kind: 'rows', before: 0, after: 3 }] }],
    },
  });
  const user = userEvent.setup();
  const router = renderAt('/alerts');
  expect(await screen.findByText('1 out of date')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: '1 Findings out of date' }));
  await waitFor(() => expect(asked.some(({ query }) => query.get('answers') === 'stale')).toBe(true));
  expect(router.state.location.search).toMatchObject({ answers: 'stale', status: 'all' });
  await user.keyboard('j{Enter}');
  expect(await screen.findByText('Later data contradicts 1 finding')).toBeVisible();
  expect(await screen.findByText(/the query had 0 rows, and has 3 rows now/)).toBeVisible();
});

test('keys walk the list and open an alert; the address follows', async () => {
  const user = userEvent.setup();
  const router = renderAt('/alerts');
  await boxOf(/Select sh -c id/);
  await user.keyboard('jj{Enter}');
  expect(await screen.findByRole('article', { name: 'Alert' })).toBeVisible();
  expect(router.state.location.search).toMatchObject({ open: 'a2' });
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('article', { name: 'Alert' })).toBeNull());
});

test('typing into a field is no command', async () => {
  const user = userEvent.setup();
  renderAt('/alerts');
  await boxOf(/Select sh -c id/);
  await user.type(screen.getByRole('searchbox', { name: 'Filter by text' }), 'bcv');
  expect(bodies('/api/alerts/changes')).toEqual([]);
  await waitFor(() => expect(asked.some(({ query }) => query.get('text') === 'bcv')).toBe(true));
});

test('characters that would reorder the line are spelled out', async () => {
  renderAt('/alerts');
  expect(await screen.findByText('\\u{202e}')).toBeVisible();
  expect(document.body.textContent).not.toContain('\u202e');
});

test('a filter that finds nothing offers to be cleared', async () => {
  const user = userEvent.setup();
  fakeServer({
    'GET /api/alerts': { alerts: [], total: 0, counts: { open: 5, acknowledged: 0, closed: 0, stale: 0 } },
  });
  const router = renderAt('/alerts?text=nothing');
  await user.click(await screen.findByRole('button', { name: 'Clear the filter' }));
  await waitFor(() => expect(router.state.location.searchStr).toBe(''));
  expect(await screen.findByText('Nothing open')).toBeVisible();
});

test('new alerts wait behind a button', async () => {
  const user = userEvent.setup();
  let news = false;
  fakeServer({
    'GET /api/alerts': () =>
      news
        ? {
            alerts: [alert({ id: 'new', commandLine: 'sh -c whoami' }), ...ALERTS],
            total: 251,
            counts: { open: 251, acknowledged: 0, closed: 3, stale: 1 },
          }
        : { alerts: ALERTS, total: 250, counts: { open: 250, acknowledged: 0, closed: 3, stale: 1 } },
  });
  const listeners: ((event: MessageEvent<string>) => void)[] = [];
  vi.stubGlobal(
    'EventSource',
    class {
      addEventListener(_name: string, listener: (event: MessageEvent<string>) => void) {
        listeners.push(listener);
      }
      close() {}
    },
  );
  renderAt('/alerts');
  await boxOf(/Select sh -c id/);
  news = true;
  for (const listener of listeners) listener(new MessageEvent('change', { data: '{"topics":["alerts"]}' }));
  const button = await screen.findByRole('button', { name: '1 new' });
  expect(screen.queryByText('sh -c whoami')).toBeNull();
  await user.click(button);
  expect(await screen.findByText('sh -c whoami')).toBeVisible();
});
