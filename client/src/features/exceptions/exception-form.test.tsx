import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { RULE } from '#client/testing/factories.ts';
import { type Asked, fakeServer, Refused } from '#client/testing/fake-server.ts';
import { renderAt } from '#client/testing/render-app.tsx';

const ENTRIES = [{ type: 'wildcard', field: 'process.command_line', operator: 'included', value: 'sh -c convert *' }];
const ADDRESS = `/exceptions?edit=new&rule=${RULE}&entries=${encodeURIComponent(JSON.stringify(ENTRIES))}`;
let asked: Asked[];

beforeEach(() => {
  localStorage.clear();
  asked = fakeServer({
    'GET /api/alerts': { alerts: [], total: 0, counts: { open: 0, acknowledged: 0, closed: 0, stale: 0 } },
    'GET /api/fields/process.command_line/values': { values: [{ value: 'sh -c convert a.png', count: 3 }] },
    'POST /api/exceptions/check': {
      diagnostics: [{ code: 'broad', severity: 'warning', message: 'An attacker can step into this wildcard.' }],
      matchedEvents: 40,
      ruleEvents: 400,
      entries: [{ events: 40, alerts: 3 }],
      removed: 3,
      kept: 20,
      created: 1,
      changed: 2,
      renewed: 0,
      removedExamples: [
        {
          id: 'a1',
          label: 'sh -c convert x',
          verdict: 'true-positive-impact',
          hosts: ['web1'],
          stored: true,
          event: 'e1',
        },
      ],
      createdExamples: [{ id: 'a9', label: 'sh -c id', verdict: null, hosts: [], stored: false, event: 'e9' }],
      changedExamples: [],
      verdicts: {
        removed: { 'true-positive-impact': 1, open: 2 },
        kept: { open: 20 },
        changed: { open: 2 },
        created: { unknown: 1 },
      },
      removedTruePositives: 1,
      newTruePositives: 1,
      hosts: [{ value: 'web1', alerts: 3 }],
      parents: [],
      origin: { removed: false, because: 'It keeps the alert it came from.' },
      brokenCases: [],
      range: null,
      durationMs: 3,
    },
    'POST /api/exceptions': ({ body }: Asked) => ({
      ...(body as object),
      id: 'e1',
      itemId: 'e1',
      meta: null,
      comments: [],
      closed: 0,
      undo: null,
      version: 1,
      createdAt: '2026-11-21T20:00:00.000Z',
      createdBy: 'ana',
      updatedAt: '2026-11-21T20:00:00.000Z',
      updatedBy: 'ana',
    }),
  });
});

const posted = (path: string) => asked.filter((one) => one.method === 'POST' && one.path === path);

test('its effect shows before anything is saved, true positives in red', async () => {
  renderAt(ADDRESS);
  expect(await screen.findByText('It would have hidden 1 true positive')).toBeVisible();
  expect(screen.getByText('An attacker can step into this wildcard.')).toBeVisible();
  expect(screen.getByText('newly created').nextSibling).toHaveTextContent('1');
  expect(screen.getByText('1 true positive, impact')).toHaveAttribute('data-bad', 'true');
  expect(screen.getByText('holds for 40 events, 3 alerts')).toBeVisible();
  expect(screen.getByText('It keeps the alert it came from.')).toBeVisible();
  expect(screen.getByRole('textbox', { name: /Why it may be saved all the same/ })).toBeVisible();
  expect(posted('/api/exceptions')).toEqual([]);
});

test('it is not sent without a name and a reason, and says so at the fields', async () => {
  const user = userEvent.setup();
  renderAt(ADDRESS);
  await user.click(await screen.findByRole('button', { name: 'Create exception' }));
  expect(await screen.findByText('Give it a name')).toBeVisible();
  expect(screen.getByText(/Say why/)).toBeVisible();
  expect(posted('/api/exceptions')).toEqual([]);
});

test('complete, it is created with what was chosen', async () => {
  const user = userEvent.setup();
  const fill = async (field: HTMLElement, text: string): Promise<void> => {
    await user.click(field);
    await user.paste(text);
  };
  renderAt(ADDRESS);
  await fill(await screen.findByRole('textbox', { name: 'Name' }), 'Thumbnails');
  await fill(screen.getByRole('textbox', { name: 'Reason' }), 'The shop resizes pictures');
  await user.click(screen.getByRole('radio', { name: /After counting/ }));
  const override = await screen.findByRole('textbox', { name: /Why it may be saved all the same/ });
  await fill(override, 'agreed with the shop');
  await user.click(screen.getByRole('button', { name: 'Create exception' }));
  await waitFor(() => expect(posted('/api/exceptions')).toHaveLength(1));
  expect(posted('/api/exceptions')[0]?.body).toMatchObject({
    rule: RULE,
    name: 'Thumbnails',
    reason: 'The shop resizes pictures',
    stage: 'result',
    entries: ENTRIES,
    enabled: true,
    origin: null,
    override: 'agreed with the shop',
    closeMatching: false,
  });
});

test("a colleague's change wipes nothing that is being written, and is not overwritten", async () => {
  const user = userEvent.setup();
  let version = 1;
  const stored = () => ({
    id: 'e1',
    rule: RULE,
    name: 'Thumbnails',
    stage: 'event',
    entries: ENTRIES,
    reason: 'The shop makes them',
    enabled: true,
    expiresAt: null,
    origin: null,
    list: null,
    itemId: 'e1',
    meta: null,
    comments: [],
    osTypes: [],
    tags: [],
    cases: [],
    version,
    createdAt: '2026-11-21T20:00:00.000Z',
    createdBy: 'ana',
    updatedAt: '2026-11-21T20:00:00.000Z',
    updatedBy: 'ben',
  });
  asked = fakeServer({
    'GET /api/exceptions': () => ({
      exceptions: [{ ...stored(), expired: false, rules: [RULE], hits: 0, lastHit: null }],
    }),
    'PUT /api/exceptions/e1': ({ body }: Asked) => {
      if ((body as { version: number }).version !== version) {
        return new Refused(409, { code: 'conflict', message: 'ben has changed this exception.' });
      }
      version += 1;
      return { ...stored(), closed: 0, undo: null };
    },
  });
  renderAt('/exceptions?edit=e1');
  const reason = await screen.findByRole('textbox', { name: /Reason/ });
  await user.type(reason, ', all day');
  // The switch of the row below stands for somebody else: it changes the exception under the open form.
  const listed = () => asked.filter(({ method, path }) => method === 'GET' && path === '/api/exceptions').length;
  const before = listed();
  const [rowSwitch] = screen.getAllByRole('switch').slice(-1);
  if (rowSwitch) await user.click(rowSwitch);
  await user.type(await screen.findByRole('textbox', { name: /^Why(?! it changes)/ }), 'A test');
  await user.click(screen.getByRole('button', { name: 'Switch off' }));
  await waitFor(() => expect(listed()).toBeGreaterThan(before));
  expect(screen.getByRole('textbox', { name: /Reason/ })).toHaveValue('The shop makes them, all day');
  await user.type(screen.getByRole('textbox', { name: 'Why it changes' }), 'It grew');
  await user.click(screen.getByRole('button', { name: 'Save the changes' }));
  expect(await screen.findByText('ben has changed this exception.')).toBeVisible();
  expect(asked.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([
    expect.objectContaining({ version: 1, enabled: false, why: 'A test' }),
    expect.objectContaining({ version: 1, reason: 'The shop makes them, all day', why: 'It grew' }),
  ]);
});
