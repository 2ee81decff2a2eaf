import type { Page } from '@playwright/test';
import { expect, RULE } from './fixtures.ts';

/** Every page of the console, and each list that a tab of one shows, by its address; those of an alert aside. */
export const PAGES: readonly string[] = [
  '/alerts',
  '/alerts?text=nothing-is-called-so',
  '/alerts?group=host',
  '/rarity',
  '/events',
  '/events?kql=process.name:*',
  '/rules',
  `/rules/${RULE}`,
  `/rules/${RULE}/edit`,
  `/rules/${RULE}/guide`,
  '/import',
  '/explain',
  '/exceptions',
  '/exceptions?edit=new',
  '/exceptions?tab=suggestions',
  '/exceptions?tab=review',
  '/exceptions?tab=lists',
  '/data',
  '/sources',
  '/no-such-page',
];

const TABS = ['why', 'events', 'tree', 'rarity', 'guide', 'exceptions', 'history', 'json'];

/** An alert beside the queue, and each of its tabs as a page. */
export const pagesOfAlert = (id: string): readonly string[] => [
  `/alerts?open=${id}`,
  ...TABS.map((name) => `/alerts/${id}?tab=${name}`),
];

/** The same in two parts, for workers beside each other. */
export const inTwo = <Item>(all: readonly Item[]): readonly (readonly Item[])[] => {
  const half = Math.ceil(all.length / 2);
  return [all.slice(0, half), all.slice(half)];
};

/** Goes to a page as a link does where that shows another one: the program is not read and started anew for it. */
export async function follow(page: Page, path: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 });
  const from = URL.canParse(page.url()) ? new URL(page.url()) : undefined;
  if (from?.protocol !== 'http:' || from.pathname === new URL(path, from).pathname) await page.goto(path);
  else {
    await heading.evaluate((left) => left.setAttribute('data-left', ''));
    await page.evaluate((to) => history.pushState({}, '', to), path);
    await expect(page.locator('h1[data-left]')).toHaveCount(0);
  }
  await expect(heading).toBeAttached();
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
}
