import { expect, test } from 'vitest';
import { queueSearchSchema } from '../queue-search.ts';
import { searchOfView, viewState } from './view-state.ts';

test('a view keeps what narrows, sorts and groups, not what is open', () => {
  const search = queueSearchSchema.parse({
    host: ['shop4'],
    not: ['commandLine:sh -c "a&b=c"'],
    group: ['rule', 'host'],
    sort: 'host',
    open: 'a1',
    tab: 'tree',
  });
  const state = viewState(search);
  expect(state).not.toMatch(/open|tree/);
  const { open: _open, tab: _tab, ...kept } = search;
  expect(searchOfView('v1', state)).toEqual({ ...kept, tab: 'why', view: 'v1' });
  expect(viewState(searchOfView('v1', state))).toBe(state);
});

test('the usual queue is an empty view, and a mistyped one still opens', () => {
  expect(viewState(queueSearchSchema.parse({}))).toBe('');
  expect(searchOfView('v', 'sort=nonsense&host=a')).toMatchObject({ sort: 'lastSeen', host: ['a'] });
});
