import { expect, type Page } from '@playwright/test';

/** Shows the page in a scheme, with everything that moves at its end: colours on their way are nobody's. */
export async function inScheme(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    // Not waited for: what moves out of sight ends when somebody looks there.
    for (const move of document.getAnimations()) {
      if (move.effect?.getComputedTiming().endTime !== Infinity) move.finish();
    }
  });
}
