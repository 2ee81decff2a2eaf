import type { Locator, Page } from '@playwright/test';
import { complaints } from './axe.ts';
import { expect, loadOnce, RECORDED, test } from './fixtures.ts';
import type { Program } from './program.ts';

test.use({ label: 'accessibility', colorScheme: 'dark' });
// The longest file by far: each worker takes its tests, with a program of its own.
test.describe.configure({ mode: 'parallel' });

const TABS = ['why', 'events', 'tree', 'rarity', 'guide', 'exceptions', 'history', 'json'];
const RULE = '/rules/unusual-child-execution-via-web-server';
const PAGES = [
  '/alerts',
  '/alerts?text=nothing-is-called-so',
  '/rarity',
  '/events',
  '/rules',
  RULE,
  `${RULE}/edit`,
  `${RULE}/guide`,
  '/import',
  '/exceptions',
  '/exceptions?edit=new',
  '/exceptions?tab=suggestions',
  '/exceptions?tab=review',
  '/exceptions?tab=lists',
  '/data',
  '/sources',
];

interface State {
  readonly name: string;
  readonly path?: string;
  readonly open: (page: Page) => Promise<void>;
  /** What is there while axe looks. */
  readonly shown: (page: Page) => Locator;
}

const dialog = (page: Page) => page.getByRole('dialog');
const byKey = (name: string, keys: string): State => ({
  name,
  open: (page) => page.keyboard.press(keys),
  shown: dialog,
});
const byButton = (name: string): State => ({
  name: `menu ${name}`,
  open: (page) => page.getByRole('button', { name, exact: true }).click(),
  shown: dialog,
});

/** What opens over the queue, and how. */
const STATES: readonly State[] = [
  {
    name: 'grouped queue, unfolded',
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
    open: (page) => page.keyboard.press('x'),
    shown: (page) => page.getByText('1 selected'),
  },
  ...['c', 'n', 't', 'y'].map((key) => byKey(`dialog by ${key}`, key)),
  byKey('keys', 'Shift+?'),
  byKey('command palette', 'Control+k'),
  ...['Group', 'Columns', 'Views', 'Settings', 'Verdict', 'Time: all'].map(byButton),
  {
    name: 'tip of a button',
    open: (page) => page.getByRole('button', { name: 'Show as table' }).first().hover(),
    shown: (page) => page.locator('[role=tooltip]'),
  },
  {
    name: 'message with a way back',
    open: async (page) => {
      await page.keyboard.press('v');
      // It stays while the pointer is on it.
      await page.getByRole('status', { name: 'Messages' }).locator('div').last().hover();
    },
    shown: (page) => page.getByRole('button', { name: /^Undo/ }),
  },
  {
    name: 'comfortable rows, ages, charts as tables',
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

test.beforeEach(({ page, program }) => {
  test.slow();
  return loadOnce(page, program, RECORDED);
});

async function expectNoComplaints(page: Page, paths: readonly string[]): Promise<void> {
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    found.push(...(await complaints(page, path)));
  }
  expect(found).toEqual([]);
}

/** An alert beside the queue, each of its tabs, and one of its events. */
async function pathsOfAlert(page: Page, { url }: Program): Promise<readonly string[]> {
  const { alerts } = await (await page.request.get(`${url}/api/alerts?status=open`)).json();
  const { id } = alerts.find((alert: { ruleName: string }) => alert.ruleName.startsWith('Unusual Command'));
  const { events } = await (await page.request.get(`${url}/api/alerts/${id}/events`)).json();
  return [
    `/alerts?open=${id}`,
    ...TABS.map((name) => `/alerts/${id}?tab=${name}`),
    `/explain?event=${encodeURIComponent(events[0].id)}`,
  ];
}

test('axe finds nothing on any page', ({ page }) => expectNoComplaints(page, PAGES));

test('axe finds nothing on the pages of an alert', async ({ page, program }) =>
  expectNoComplaints(page, await pathsOfAlert(page, program)));

const half = Math.ceil(STATES.length / 2);
for (const states of [STATES.slice(0, half), STATES.slice(half)]) {
  test(`axe finds nothing in what opens over the queue: ${states.map(({ name }) => name).join(', ')}`, async ({
    page,
  }) => {
    const found: string[] = [];
    for (const { name, path = '/alerts', open, shown } of states) {
      await page.goto(path);
      await expect(page.getByRole('row').nth(1)).toBeVisible();
      if (path === '/alerts') await page.keyboard.press('j');
      await open(page);
      await expect(shown(page)).toBeVisible();
      found.push(...(await complaints(page, name)));
      await expect(shown(page)).toBeVisible();
    }
    expect(found).toEqual([]);
  });
}

test.describe('on the first visit', () => {
  test.use({ toured: false });

  test('axe finds nothing in the tour', async ({ page }) => {
    await page.route('**/api/status', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), demo: true } });
    });
    await page.goto('/alerts');
    await expect(page.getByRole('dialog', { name: /^Tour/ })).toBeVisible();
    expect(await complaints(page, 'tour')).toEqual([]);
  });
});
