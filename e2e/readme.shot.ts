import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { ROOT } from './program.ts';

test.use({ label: 'screenshots', demo: true });

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the queue with an alert of the web shell beside it', async ({ page, program }) => {
      const find = async () =>
        (await (await page.request.get(`${program.url}/api/alerts?text=linux.sh`)).json()).alerts[0];
      await expect.poll(find, { timeout: 90_000 }).toBeTruthy();
      const alert = await find();
      await page.goto(`/alerts?open=${alert.id}&tab=tree`);
      await expect(
        page.getByRole('treegrid', { name: 'Process tree' }).getByRole('row', { selected: true }),
      ).toBeVisible();
      await page.screenshot({ path: join(ROOT, 'e2e', 'screenshots', `queue-${colorScheme}.png`) });
    });
  });
}
