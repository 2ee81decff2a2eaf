import AxeBuilder from '@axe-core/playwright';
import { expect, RECORDED, test, upload } from './fixtures.ts';

test.use({ label: 'accessibility' });

const TABS = ['why', 'events', 'tree', 'rarity', 'guide', 'exceptions', 'history', 'json'];
const PAGES = [
  '/alerts',
  '/rarity',
  '/events',
  '/rules',
  '/rules/unusual-child-execution-via-web-server',
  '/rules/unusual-child-execution-via-web-server/edit',
  '/rules/import',
  '/exceptions',
  '/data',
  '/sources',
];

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`${colorScheme} scheme`, () => {
    test.use({ colorScheme });

    test('axe finds nothing serious on any page', async ({ page, program }) => {
      await upload(page, RECORDED);
      const { alerts } = await (await page.request.get(`${program.url}/api/alerts`)).json();
      const detail = alerts.find((alert: { ruleName: string }) => alert.ruleName.startsWith('Unusual Command'));
      const { events } = await (await page.request.get(`${program.url}/api/alerts/${detail.id}/events`)).json();
      const [event] = events;
      const paths = [
        ...PAGES,
        `/alerts?open=${detail.id}`,
        ...TABS.map((name) => `/alerts/${detail.id}?tab=${name}`),
        '/exceptions?new=true',
        `/explain?event=${encodeURIComponent(event.id)}`,
      ];
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(
          serious.map(({ id, nodes }) => `${path}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
        ).toEqual([]);
      }
    });
  });
}
