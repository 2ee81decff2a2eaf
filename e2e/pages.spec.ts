import type { Page } from '@playwright/test';
import { barFont } from './bar-font.ts';
import { expect, loadOnce, RECORDED, RULE, test } from './fixtures.ts';
import { inScheme } from './scheme.ts';

// What a page looks like, with bars for characters: its layout, colours and marks, the same on every machine.
test.use({ label: 'pages', colorScheme: 'dark', viewport: { width: 1280, height: 720 }, bypassCSP: true });

const PAGES: readonly { readonly name: string; readonly path: string; readonly light?: boolean }[] = [
  { name: 'queue', path: '/alerts', light: true },
  { name: 'grouped', path: '/alerts?group=host&group=parentExecutable' },
  { name: 'why', path: '/alerts?open=ALERT&tab=why', light: true },
  { name: 'tree', path: '/alerts/ALERT?tab=tree' },
  { name: 'guide', path: '/alerts/ALERT?tab=guide' },
  { name: 'rarity', path: '/rarity' },
  { name: 'events', path: '/events' },
  { name: 'rules', path: '/rules' },
  { name: 'rule', path: `/rules/${RULE}` },
  { name: 'exception', path: '/exceptions?edit=new' },
  { name: 'sources', path: '/sources' },
];

for (const { name, path, light } of PAGES) {
  test(`${name} looks as it did`, async ({ page, program }) => {
    await loadOnce(page, program, RECORDED);
    const { alerts } = await (await page.request.get(`${program.url}/api/alerts?sort=commandLine`)).json();
    await page.goto(path.replace('ALERT', alerts[0].id));
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await inBars(page);
    for (const scheme of light ? (['dark', 'light'] as const) : (['dark'] as const)) {
      await inScheme(page, scheme);
      await expect(page).toHaveScreenshot(`${name}-${scheme}.png`);
    }
  });
}

/** Draws every character of the page as a bar. */
async function inBars(page: Page): Promise<void> {
  await page.addStyleTag({
    content: `
      @font-face { font-family: Bars; src: url(data:font/ttf;base64,${barFont().toString('base64')}); }
      *, *::before, *::after {
        font-family: Bars !important;
        font-synthesis: none !important;
        caret-color: transparent !important;
      }`,
  });
  await page.evaluate(() => document.fonts.load('16px Bars'));
}
