import { expect, type Locator, type Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';
import { inScheme } from './scheme.ts';

/** What depends on colours, and so on the scheme; all else is the same in both, and looked at in one. */
const OF_COLOURS: readonly string[] = ['color-contrast', 'link-in-text-block'];

interface Look {
  /** Rules that do not hold for it. */
  readonly without?: readonly string[] | undefined;
  /** Only this part of the page; all of it where absent. */
  readonly within?: Locator | undefined;
}

/**
 * Everything that axe has against the page as it is, as lines: every rule in the dark scheme, those of colours in the light
 * one too. The page is in the dark scheme afterwards.
 * @param of what the page shows, for the lines
 */
export async function complaints(
  page: Page,
  of: string,
  { without = [], within }: Look = {},
): Promise<readonly string[]> {
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
  await inScheme(page, 'light');
  const light = await violations(page, within, { runOnly: { type: 'rule', values: [...OF_COLOURS] } });
  await inScheme(page, 'dark');
  const dark = await violations(page, within, {
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
  });
  return [...light.map((line) => `${of}, light: ${line}`), ...dark.map((line) => `${of}, dark: ${line}`)];
}

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

/** All of a page where no part of it is named. */
async function violations(page: Page, part: Locator | undefined, options: RunOptions): Promise<readonly string[]> {
  // Read once a page: that takes as long as a look.
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source);
  const violations = await (part ?? page.locator('html')).evaluate(
    async (element, options) => (await window.axe?.run(element, options))?.violations,
    { ...options, resultTypes: ['violations' as const] },
  );
  if (violations === undefined) throw new Error('axe is not in the page');
  return violations.map(
    ({ id, impact, nodes }) => `${impact} ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
