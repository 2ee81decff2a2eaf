import { expect, test } from 'vitest';
import { supportTable } from './support-table.ts';

// `vitest --update` writes what is out of date.
test('the table of what is supported is that of the code', async () => {
  await expect(supportTable()).toMatchFileSnapshot(new URL('SUPPORT.md', import.meta.url).pathname);
});
