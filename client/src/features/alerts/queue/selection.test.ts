import { expect, test } from 'vitest';
import {
  EVERYTHING,
  isGroupSelected,
  isSelected,
  NOTHING,
  selectedCount,
  selectionRequest,
  wholeGroup,
  withAlerts,
} from './selection.ts';

test('alerts are chosen and let go by name', () => {
  const two = withAlerts(NOTHING, ['a', 'b'], true);
  expect(selectedCount(two, 100)).toBe(2);
  const one = withAlerts(two, ['a'], false);
  expect([isSelected(one, 'a'), isSelected(one, 'b')]).toEqual([false, true]);
  expect(selectionRequest(one, {})).toEqual({ ids: ['b'] });
});

test('all matching keeps a list of those left out', () => {
  const all = withAlerts(EVERYTHING, ['a', 'b'], false);
  expect(selectedCount(all, 12_418)).toBe(12_416);
  expect(isSelected(withAlerts(all, ['a'], true), 'a')).toBe(true);
  expect(selectionRequest(all, { status: ['open'] })).toEqual({ filter: { status: ['open'] }, except: ['a', 'b'] });
});

test('nothing chosen asks for nothing', () => {
  expect(selectionRequest(NOTHING, { status: ['open'] })).toBeNull();
});

test('a whole group goes to the server as its conditions, with those left out', () => {
  const group = withAlerts(wholeGroup(['rule:r', 'host:a'], 40), ['x'], false);
  expect(selectedCount(group, 12_418)).toBe(39);
  expect([['rule:r', 'host:a'], ['rule:r', 'host:b'], ['rule:r']].map((path) => isGroupSelected(group, path))).toEqual([
    true,
    false,
    false,
  ]);
  expect(isSelected(group, 'y', ['rule:r', 'host:a'])).toBe(true);
  expect(isSelected(group, 'x', ['rule:r', 'host:a'])).toBe(false);
  expect(selectionRequest(group, { only: ['user:u'] })).toEqual({
    filter: { only: ['user:u', 'rule:r', 'host:a'] },
    except: ['x'],
  });
});
