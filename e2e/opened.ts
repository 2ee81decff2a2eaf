import type { Locator, Page } from '@playwright/test';
import { expect, RULE } from './fixtures.ts';
import type { Program } from './program.ts';

/** A rule of one's own, made by `prepare`. */
const OWN = `${RULE}-copy`;

/** Something that opens over a page. */
export interface State {
  readonly name: string;
  /** The queue where none is named. */
  readonly path?: string;
  readonly open: (page: Page) => Promise<void>;
  /** What is there while axe looks. */
  readonly shown: (page: Page) => Locator;
  /** It changes the page; else the page below it is not looked at again. */
  readonly whole?: boolean;
  /** Escape closes what is open in it first. */
  readonly lingers?: boolean;
  /** Rules of axe that do not hold for it. */
  readonly without?: readonly string[];
}

const dialog = (page: Page) => page.getByRole('dialog');
const byKey = (name: string, keys: string): State => ({
  name,
  open: (page) => page.keyboard.press(keys),
  shown: dialog,
});
const byButton = (name: string, path?: string, shown = dialog): State => ({
  name: `${path ?? ''} ${name}`.trim(),
  ...(path === undefined ? {} : { path }),
  open: (page) => page.getByRole('button', { name, exact: true }).first().click(),
  shown,
});

/** What opens over the queue, and how. */
export const OVER_QUEUE: readonly State[] = [
  {
    name: 'grouped queue, unfolded',
    whole: true,
    path: '/alerts?group=host&group=parentExecutable',
    open: async (page) => {
      await page.getByRole('treegrid').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
    },
    shown: (page) => page.getByRole('row', { level: 2 }).first(),
  },
  {
    name: 'menu of a cell',
    open: async (page) => {
      await page.getByRole('grid').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('m');
    },
    shown: (page) => page.getByRole('menu'),
  },
  {
    name: 'selection with its bar',
    whole: true,
    open: (page) => page.keyboard.press('x'),
    shown: (page) => page.getByText('1 selected'),
  },
  ...['c', 'n', 'y'].map((key) => byKey(`dialog by ${key}`, key)),
  { ...byKey('dialog by t', 't'), lingers: true },
  byKey('keys', 'Shift+?'),
  byKey('command palette', 'Control+k'),
  ...['Group', 'Columns', 'Views', 'Settings', 'Host', 'Verdict', 'Time: all'].map((name) => byButton(name)),
  {
    name: 'tip of a button',
    open: (page) => page.getByRole('button', { name: 'Show as table' }).first().hover(),
    shown: (page) => page.locator('[role=tooltip]'),
  },
  {
    name: 'message with a way back',
    whole: true,
    open: async (page) => {
      await page.keyboard.press('v');
      // It stays while the pointer is on it.
      await page.getByRole('status', { name: 'Messages' }).locator('div').last().hover();
    },
    shown: (page) => page.getByRole('button', { name: /^Undo/ }),
  },
  {
    name: 'comfortable rows, ages, charts as tables',
    whole: true,
    open: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByText('Comfortable', { exact: true }).click();
      await page.getByText('Age', { exact: true }).click();
      await page.getByRole('switch', { name: 'Charts as tables' }).click();
      await page.keyboard.press('Escape');
    },
    shown: (page) => page.locator('html[data-density=comfortable]'),
  },
];

const listbox = (page: Page) => page.getByRole('listbox').first();

/** Presses a row's button. */
const inRow = (name: string, path: string): State => ({
  ...byButton(name, path),
  open: (page) => page.getByRole('main').getByRole('button', { name, exact: true }).first().click(),
});

/** What opens on other pages: every dialog, menu and list to choose from. */
export const ELSEWHERE: readonly State[] = [
  byButton('Versions', `/rules/${OWN}`),
  byButton('Remove', `/rules/${OWN}`),
  byButton('Versions', `/rules/${OWN}/guide`),
  inRow('History', '/exceptions'),
  inRow('Comment', '/exceptions'),
  inRow('Delete', '/exceptions'),
  byButton('As conditions', '/exceptions'),
  byButton('Export', '/exceptions'),
  {
    name: 'switch of an exception',
    path: '/exceptions',
    open: (page) =>
      page
        .getByRole('switch', { name: /^Enabled/ })
        .first()
        .click(),
    shown: dialog,
  },
  {
    name: 'a looked-at file of rules and exceptions',
    path: '/import',
    whole: true,
    open: async (page) => {
      const { text } = await (await page.request.get('/api/exceptions/export?rules=include')).json();
      await page.getByRole('textbox', { name: 'Paste it here' }).fill(text);
      await page.getByRole('button', { name: 'Check' }).click();
    },
    shown: (page) => page.getByRole('region', { name: 'What the import would do' }),
  },
  {
    name: 'review of exceptions, and whether one is as it should be',
    path: '/exceptions?tab=review',
    whole: true,
    open: async (page) => {
      await page.route('**/api/exceptions/review', (route) => route.fulfill({ json: { items: TO_REVIEW } }));
      await page.reload();
      await page.getByRole('button', { name: 'As it should be' }).click();
    },
    shown: dialog,
  },
  inRow('Revoke', '/sources'),
  {
    name: 'letting older events go',
    path: '/sources',
    open: async (page) => {
      await page.getByRole('checkbox', { name: 'Let events go by age' }).check();
      await page.getByRole('button', { name: 'Set', exact: true }).click();
    },
    shown: dialog,
  },
  {
    name: 'records that could not be loaded, and letting them go',
    path: '/sources',
    whole: true,
    open: async (page) => {
      await page.route('**/api/failed-segments', (route) => route.fulfill({ json: { failed: [SET_ASIDE] } }));
      await page.route('**/api/sources', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...(await response.json()), ...TROUBLED } });
      });
      await page.reload();
      await page.getByRole('button', { name: 'Discard' }).click();
    },
    shown: dialog,
  },
  {
    name: 'rule of an exception',
    path: '/exceptions?edit=new',
    open: (page) => page.getByRole('combobox', { name: 'Rule' }).first().click(),
    shown: listbox,
    // What is to be chosen from lies over the page, outside of its landmarks, and belongs to its field.
    without: ['region'],
  },
  ...['Recent', 'Saved', 'Columns', 'Export'].map((name) => byButton(name, '/events?kql=process.name:*')),
  {
    name: 'row of a search, to be copied',
    path: '/events?kql=process.name:*',
    open: async (page) => {
      await page.getByRole('gridcell').first().click();
      await page.getByRole('button', { name: 'Copy row' }).click();
    },
    shown: dialog,
  },
  {
    name: 'completion of a query',
    path: '/events',
    open: async (page) => {
      // Until the editor is there, a plain text area takes what is typed, and proposes nothing.
      await page.locator('.cm-editor').first().waitFor();
      await page.getByRole('textbox', { name: /query/i }).first().click();
      await page.keyboard.type('process.');
      await page.keyboard.press('Control+Space');
    },
    shown: listbox,
    // The editor keeps the focus, and says which line of the list is meant.
    without: ['scrollable-region-focusable'],
  },
  {
    name: 'tree of an alert, to be exported',
    path: '/alerts?status=all',
    open: async (page) => {
      await page.getByRole('gridcell').nth(2).click();
      await page.getByRole('tab', { name: 'Tree' }).click();
      await page.getByRole('button', { name: 'Export' }).click();
    },
    shown: dialog,
  },
  {
    name: 'report of an alert',
    path: '/alerts?status=all',
    open: async (page) => {
      await page.getByRole('gridcell').nth(2).click();
      await page.getByRole('button', { name: 'Report' }).first().click();
    },
    shown: dialog,
  },
];

/** One exception of each kind that is looked at again. */
const TO_REVIEW = [
  { kind: 'canary', detail: 'It hides a host that it did not hide when it was approved: web-7.', notice: '1' },
  { kind: 'unusable', detail: 'Its list of values is gone: it is applied to nothing.', notice: null },
  { kind: 'expired', detail: 'It expired 3 days ago.', notice: null },
  { kind: 'expires', detail: 'It expires in 5 days.', notice: null },
  { kind: 'dead', detail: 'It hides nothing since 90 days.', notice: null },
  { kind: 'unexplained', detail: 'It was imported without a reason.', notice: null },
].map((item) => ({ ...item, exception: item.kind, name: `An exception that ${item.kind}` }));

const SET_ASIDE = {
  id: '1',
  at: '2026-11-20T10:00:00.000Z',
  problem: 'The store could not take them.',
  records: 1200,
  bytes: 9e5,
};

/** A store that takes nothing more, and refusals for want of room. */
const TROUBLED = {
  trouble: 'The disk is full',
  setAside: SET_ASIDE.records,
  refused: [{ client: '10.0.0.7', reason: 'no-space', requests: 12, lastAt: new Date().toISOString() }],
};

/** What the states need: a rule of one's own that was changed, its guide too, an exception, and a key. */
export async function prepare(page: Page, { url }: Program): Promise<void> {
  const { rules } = await (await page.request.get(`${url}/api/rules`)).json();
  if (rules.some(({ slug }: { slug: string }) => slug === OWN)) return;
  const copied = await page.request.post(`${url}/api/rules/${RULE}/duplicate`);
  const { guide, version } = await (await page.request.get(`${url}/api/rules/${OWN}/guide`)).json();
  const sent = [
    copied,
    await page.request.put(`${url}/api/rules/${OWN}`, { data: { changes: { severity: 'low' }, version: 1 } }),
    await page.request.put(`${url}/api/rules/${OWN}/guide`, {
      data: { guide: { ...guide, caution: 'Ask the owner first.' }, version, why: 'We always ask' },
    }),
    await page.request.post(`${url}/api/exceptions`, { data: EXCEPTION }),
    await page.request.post(`${url}/api/ingest-keys`, { data: { name: 'web servers' } }),
  ];
  for (const answer of sent) expect(answer.ok(), await answer.text()).toBe(true);
}

/** An exception that hides nothing of the recording. */
export const EXCEPTION = {
  ...{ rule: RULE, name: 'Nightly thumbnails', stage: 'event', reason: 'The shop makes them' },
  ...{ enabled: true, expiresAt: null, origin: null },
  entries: [{ type: 'match', field: 'process.executable', operator: 'included', value: '/opt/thumb' }],
};
