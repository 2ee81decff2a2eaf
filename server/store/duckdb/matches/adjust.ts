import { must } from '#shared/base/assert.ts';
import { anyItem } from '#shared/exceptions/any-item.ts';
import { type Expression, not, TRUE } from '#shared/plan/expression.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import { countOf } from '../connection.ts';
import { quoteName } from '../sql/identifier.ts';
import type { Filling } from './fill.ts';
import { numbersSql } from './matching-sql.ts';
import { matchesWith } from './narrowed.ts';
import { type Registered, register, unregister } from './registry.ts';
import { type Selection, tableNamed } from './selection.ts';

/** A selection with what is known of its table. */
export interface Standing {
  readonly selection: Selection;
  readonly entry: Registered;
}

/** Whether a selection's table comes to that of another by the items in which the two differ. */
export function isLike(before: Selection, after: Selection): boolean {
  const { among } = after;
  if (!among || !before.items || !after.items || before.among?.digest !== among.digest) return false;
  const names = (of: Selection): string => JSON.stringify([of.columns, of.verdicts.map(({ name }) => name)]);
  const given = new Set(among.columns.map(({ name }) => name));
  return names(before) === names(after) && after.columns.every(({ name }) => given.has(name));
}

/**
 * Makes of the table of an earlier selection that of one with other items: rows go that a new item holds for, and of those that an
 * item which is gone held for, the rows come back that no other holds for. It costs as much as the items that have changed.
 */
export async function adjust(
  filling: Filling,
  { selection: before, entry }: Standing,
  after: Selection,
): Promise<void> {
  const [held, holding] = [before.items ?? NONE, after.items ?? NONE];
  const added = [...holding].flatMap(([text, item]) => (held.has(text) ? [] : [item]));
  const gone = [...held].flatMap(([text, item]) => (holding.has(text) ? [] : [item]));
  // First what comes back: what a new item holds for would be looked at twice.
  const back =
    gone.length === 0 ? 0 : await bringBack(filling, { after, next: entry.next }, gone, [...holding.values()]);
  const left = added.length === 0 ? 0 : await takeAway(filling, after, added);
  await unregister(filling.session, before.digest);
  await register(filling.session, { ...entry, digest: after.digest, found: entry.found + back - left });
}

/** Items that only one of the two has. */
export function differing({ items: left }: Selection, { items: right }: Selection): number {
  const [some, others] = [left ?? NONE, right ?? NONE];
  const lacks = (items: typeof NONE) => (text: string) => !items.has(text);
  return [...some.keys()].filter(lacks(others)).length + [...others.keys()].filter(lacks(some)).length;
}

const NONE: ReadonlyMap<string, Expression> = new Map();

async function takeAway(filling: Filling, selection: Selection, items: readonly Expression[]): Promise<number> {
  const { session, signal } = filling;
  const numbers = numbersOf(filling, anyItem(items), (fields) => matchesWith(selection, fields));
  return await session.run(`DELETE FROM ${tableNamed(selection.place)} WHERE seq IN (${numbers})`, [], { signal });
}

async function bringBack(
  filling: Filling,
  { after, next }: { readonly after: Selection; readonly next: number },
  gone: readonly Expression[],
  items: readonly Expression[],
): Promise<number> {
  const { session, signal } = filling;
  const among = must(after.among, 'the selection that it is among');
  const table = tableNamed(after.place);
  const left = numbersOf(
    filling,
    anyItem(gone),
    (fields) => `(SELECT * FROM ${matchesWith(among, fields)} ANTI JOIN ${table} USING (seq) WHERE seq < ${next})`,
  );
  await session.run(`CREATE OR REPLACE TEMP TABLE coming_back AS ${left}`, [], { signal });
  const [row] = await session.rows('SELECT count(*) AS events FROM coming_back');
  if (countOf(row?.['events']) === 0) return 0;
  const spared = items.length === 0 ? TRUE : not(anyItem(items));
  const back = numbersOf(
    filling,
    spared,
    (fields) => `(SELECT * FROM ${matchesWith(among, fields)} SEMI JOIN coming_back USING (seq))`,
  );
  const columns = [...after.columns, ...after.verdicts].map(({ name }) => quoteName(name)).join(', ');
  return await session.run(
    `INSERT INTO ${table} BY NAME SELECT ${columns} FROM ${tableNamed(among.place)} WHERE seq IN (${back}) ORDER BY seq`,
    [],
    { signal },
  );
}

/** Numbers of the events for which a condition holds, of a table that has the fields which it reads. */
function numbersOf(
  { layout, spilled }: Filling,
  condition: Expression,
  tableWith: (fields: readonly string[]) => string,
): string {
  const table = tableWith([...new Set(fieldsOf(condition))]);
  return numbersSql(condition, { catalogue: layout.catalogue, spilled, now: 0, table });
}
