import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { inScheme } from './scheme.ts';

/** What depends on colours, and so on the scheme; all else is the same in both, and looked at in one. */
const OF_COLOURS: readonly string[] = ['color-contrast', 'link-in-text-block'];

/**
 * Everything that axe has against the page as it is, as lines: every rule in the dark scheme, those of colours in the light
 * one too. The page is in the dark scheme afterwards.
 * @param of what the page shows, for the lines
 * @param without rules that do not hold for it
 */
export async function complaints(page: Page, of: string, without: readonly string[] = []): Promise<readonly string[]> {
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
  await inScheme(page, 'light');
  const light = await violations(page, { runOnly: { type: 'rule', values: [...OF_COLOURS] } });
  await inScheme(page, 'dark');
  const dark = await violations(page, { rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])) });
  return [...light.map((line) => `${of}, light: ${line}`), ...dark.map((line) => `${of}, dark: ${line}`)];
}

type Options = Parameters<AxeBuilder['options']>[0];

/** In the page itself, which has no frames: the other way opens another page for each look, and takes twice as long. */
async function violations(page: Page, options: Options): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ ...options, resultTypes: ['violations'] })
    .analyze();
  return violations.map(
    ({ id, impact, nodes }) => `${impact} ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
