import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, loadOnce, RECORDED, test } from './fixtures.ts';

test.use({ label: 'accessibility' });

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
  '/rules/import',
  '/exceptions',
  '/exceptions?edit=new',
  '/exceptions?tab=suggestions',
  '/exceptions?tab=review',
  '/exceptions?tab=lists',
  '/data',
  '/sources',
];

const key = (name: string) => async (page: Page) => page.keyboard.press(name);
const button = (name: string) => async (page: Page) => page.getByRole('button', { name, exact: true }).click();

/** What opens over the queue, and how. */
const STATES: readonly {
  readonly name: string;
  readonly path: string;
  readonly open: (page: Page) => Promise<void>;
}[] = [
  {
    name: 'grouped queue, unfolded',
    path: '/alerts?group=host&group=parentExecutable',
    open: async (page) => {
      await page.getByRole('treegrid').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await expect(page.getByRole('row').nth(2)).toHaveAttribute('aria-level', '2');
    },
  },
  {
    name: 'menu of a cell',
    path: '/alerts',
    open: async (page) => {
      await page.getByRole('grid').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('m');
      await expect(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    name: 'selection with its bar',
    path: '/alerts',
    open: async (page) => {
      await page.keyboard.press('x');
      await expect(page.getByText('1 selected')).toBeVisible();
    },
  },
  ...['c', 'n', 't', 'y'].map((name) => ({ name: `dialog by ${name}`, path: '/alerts', open: key(name) })),
  { name: 'keys', path: '/alerts', open: key('Shift+?') },
  { name: 'command palette', path: '/alerts', open: key('Control+k') },
  ...['Group', 'Columns', 'Views', 'Settings', 'Verdict', 'Time: all'].map((name) => ({
    name: `menu ${name}`,
    path: '/alerts',
    open: button(name),
  })),
  {
    name: 'tip of a button',
    path: '/alerts',
    open: async (page) => {
      await page.getByRole('button', { name: 'Show as table' }).first().hover();
      await expect(page.locator('[role=tooltip]')).toBeVisible();
    },
  },
  {
    name: 'message with a way back',
    path: '/alerts',
    open: async (page) => {
      await page.keyboard.press('v');
      await expect(page.getByRole('button', { name: /^Undo/ })).toBeVisible();
    },
  },
  {
    name: 'comfortable rows, ages, charts as tables',
    path: '/alerts',
    open: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByText('Comfortable', { exact: true }).click();
      await page.getByText('Age', { exact: true }).click();
      await page.getByRole('switch', { name: 'Charts as tables' }).click();
      await page.keyboard.press('Escape');
    },
  },
];

/** What depends on colours, and so on the scheme; all else is the same in both, and looked at in one. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** Everything that axe has against the page, as lines. */
async function complaints(page: Page, of: string, colorScheme: 'dark' | 'light'): Promise<readonly string[]> {
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
  const axe = new AxeBuilder({ page });
  const { violations } = await (colorScheme === 'dark' ? axe : axe.withRules(OF_COLOURS)).analyze();
  return violations.map(
    ({ id, impact, nodes }) => `${of}: ${impact} ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`${colorScheme} scheme`, () => {
    test.use({ colorScheme });
    test.beforeEach(({ page, program }) => loadOnce(page, program, RECORDED));

    test('axe finds nothing on any page', async ({ page, program }) => {
      test.slow();
      const { alerts } = await (await page.request.get(`${program.url}/api/alerts?status=open`)).json();
      const detail = alerts.find((alert: { ruleName: string }) => alert.ruleName.startsWith('Unusual Command'));
      const { events } = await (await page.request.get(`${program.url}/api/alerts/${detail.id}/events`)).json();
      const paths = [
        ...PAGES,
        `/alerts?open=${detail.id}`,
        ...TABS.map((name) => `/alerts/${detail.id}?tab=${name}`),
        `/explain?event=${encodeURIComponent(events[0].id)}`,
      ];
      const found: string[] = [];
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        found.push(...(await complaints(page, path, colorScheme)));
      }
      expect(found).toEqual([]);
    });

    test('axe finds nothing in what opens over the queue', async ({ page }) => {
      test.slow();
      const found: string[] = [];
      for (const { name, path, open } of STATES) {
        await page.goto(path);
        await expect(page.getByRole('row').nth(1)).toBeVisible();
        if (!path.includes('group=')) await page.keyboard.press('j');
        await open(page);
        found.push(...(await complaints(page, name, colorScheme)));
      }
      expect(found).toEqual([]);
    });

    test.describe('on the first visit', () => {
      test.use({ toured: false });

      test('axe finds nothing in the tour', async ({ page }) => {
        await page.route('**/api/status', async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, json: { ...(await response.json()), demo: true } });
        });
        await page.goto('/alerts');
        await expect(page.getByRole('dialog', { name: /^Tour/ })).toBeVisible();
        expect(await complaints(page, 'tour', colorScheme)).toEqual([]);
      });
    });
  });
}
