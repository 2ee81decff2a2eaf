import { expect, test } from 'vitest';
import { alert } from '#client/testing/factories.ts';
import { type QueueSearch, queueDefaults } from '../queue-search.ts';
import { cellActions } from './cell-actions.ts';
import { queueColumns } from './queue-columns.tsx';

const columns = queueColumns((name) => name);
function actionsOn(id: string, members: Parameters<typeof alert>[0] = {}) {
  const changes: Partial<QueueSearch>[] = [];
  const copied: string[] = [];
  const column = columns.find((known) => known.id === id);
  if (!column) throw new Error(`no column ${id}`);
  const actions = cellActions(
    column,
    alert(members),
    { ...queueDefaults, only: ['rule:r'] },
    (change) => changes.push(change),
    (text) => copied.push(text),
  );
  for (const action of actions) action.run();
  return { labels: actions.map(({ label }) => label), changes, copied };
}

test('a host is narrowed to, away from, stacked by and copied', () => {
  const { changes, copied } = actionsOn('host', { hosts: ['shop4'] });
  expect(changes).toEqual([
    { only: ['rule:r', 'host:shop4'] },
    { not: ['host:shop4'] },
    { group: ['host'], groupOrder: 'rarest', unfolded: [] },
  ]);
  expect(copied).toEqual(['shop4']);
});

test('a value that is not there can be asked for too', () => {
  const { labels, changes } = actionsOn('assignee', { assignee: null });
  expect(labels[0]).toBe('Only no assignee');
  expect(changes[0]).toEqual({ only: ['rule:r', 'assignee:'] });
});

test('each of several values is offered, and a time can only be copied', () => {
  expect(actionsOn('user', { users: ['a', 'b'] }).labels).toEqual(
    expect.arrayContaining(['Only a', 'Without a', 'Only b', 'Without b']),
  );
  expect(actionsOn('lastSeen').labels).toEqual(['Copy']);
});

test('what would reorder the menu is spelled out', () => {
  expect(actionsOn('commandLine', { commandLine: 'x\u202egpj' }).labels[0]).not.toContain('\u202e');
});
