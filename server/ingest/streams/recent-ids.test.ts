import { expect, test } from 'vitest';
import { openRecentIds } from './recent-ids.ts';

test('the last ids are known, and old ones are let go', () => {
  const recent = openRecentIds(100);
  for (let id = 0; id < 1000; id++) {
    recent.add(String(id));
    const last = Array.from({ length: Math.min(100, id) }, (_, back) => recent.has(String(id - back)));
    if (last.includes(false)) expect(last).not.toContain(false);
  }
  expect(recent.has('799')).toBe(false);
  expect(recent.has('1000')).toBe(false);
});
