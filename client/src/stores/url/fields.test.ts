import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queueSearchSchema } from '#client/features/alerts/queue-search.ts';
import { parseSearch, stringifySearch } from './search-params.ts';

test('a repeated name is a list, a digest that looks like a number stays text', () => {
  expect(parseSearch('?host=a&host=b&open=12e5')).toEqual({ host: ['a', 'b'], open: '12e5' });
});

test('what is written is read back', () => {
  const search = { text: 'a=b&c "d"', host: ['web 1', 'wéb-2'], open: '0012' };
  expect(parseSearch(stringifySearch(search))).toEqual(search);
});

test('stale links never throw', () => {
  const anything = fc.dictionary(
    fc.constantFrom('status', 'sort', 'direction', 'host', 'verdict', 'from', 'to', 'tab', 'by', 'text', 'open', 'x'),
    fc.anything(),
  );
  fc.assert(fc.property(anything, (search) => queueSearchSchema.safeParse(search).success));
});

test('a wrong member falls back, the others are kept', () => {
  const search = queueSearchSchema.parse({
    status: 'lost',
    verdict: ['benign', 'nonsense'],
    text: 'curl',
    from: 'soon',
  });
  expect(search).toMatchObject({ status: 'open', verdict: ['benign'], text: 'curl' });
  expect(search.from).toBeUndefined();
});
