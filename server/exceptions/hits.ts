import * as z from 'zod';
import type { RuleBook } from '#server/alerts/rule-book.ts';
import type { Author } from '#server/state/activity.ts';
import { newId } from '#server/state/ids.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateTransaction } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { formatInstant } from '#shared/base/time.ts';
import type { Exception } from '#shared/exceptions/item.ts';
import { EVENT_COLUMN } from '#shared/plan/plan.ts';
import { exceptionsInForce, type StandingException } from '#shared/rule/exceptions-in-force.ts';
import { type HiddenEvent, hiddenEvents, MOST_HIDDEN } from './hidden-events.ts';
import { hiddenByResults } from './hidden-results.ts';
import { readStanding } from './standing.ts';

const KINDS = ['host', 'parent', 'shape'] as const;
type Kind = (typeof KINDS)[number];

/** Whom and what an exception hid when it was approved. */
const profileSchema = z.object({
  host: z.array(z.string()),
  parent: z.array(z.string()),
  shape: z.array(z.string()),
});
type Profile = z.infer<typeof profileSchema>;
const profileColumn = jsonColumn(profileSchema);

/** Values of a kind that a profile keeps: beyond, a new one is no news. */
const MOST_VALUES = 200;

interface HitContext {
  readonly state: State;
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly author: Author;
}

/** Remembers what an exception hides of what is stored as it is approved, and counts its hits from here on. */
export async function keepProfile(context: HitContext, { id }: Exception): Promise<void> {
  const { state, store, author } = context;
  const standing = (await readStanding(state)).filter((exception) => exception.id === id);
  const found: HiddenEvent[] = [];
  for (const slug of new Set(standing.flatMap(({ rules }) => rules))) {
    const compiled = context.rules.find(slug) && context.rules.compiled(slug);
    if (!compiled?.ok) continue;
    found.push(...(await hiddenEvents(store, compiled.value.filter, standing, 0, author)));
    found.push(...(await hiddenByResults(store, compiled.value, standing, 0, author)));
  }
  const profile = profileOf(found, EMPTY);
  await state.transaction().execute(async (transaction) => {
    const present = await transaction
      .selectFrom('exceptionHits')
      .select(['hits', 'lastHit'])
      .where('exception', '=', id)
      .executeTakeFirst();
    await writeHits(transaction, {
      exception: id,
      hits: present?.hits ?? 0,
      lastHit: present?.lastHit ?? null,
      profile,
    });
  });
}

/**
 * Counts what a rule's exceptions have left out of the events that arrived since the last count, each event once however many
 * runs look at it, and notes a host, parent or command shape that one did not hide when it was approved.
 */
export async function countHits(context: HitContext, slug: string): Promise<void> {
  const { state, store, rules, author } = context;
  const compiled = rules.find(slug) && rules.compiled(slug);
  if (!compiled?.ok) return;
  const progress = await state
    .selectFrom('exceptionProgress')
    .select('next')
    .where('rule', '=', slug)
    .executeTakeFirst();
  const exceptions = exceptionsInForce(await readStanding(state), slug, author.now);
  const next = (await newestEvent(store, author.now)) + 1;
  const first = progress?.next ?? 0;
  if (first >= next) return;
  const found = await hiddenEvents(store, compiled.value.filter, exceptions, first, author);
  const through = found.length < MOST_HIDDEN ? next : (found.at(-1)?.number ?? next) + 1;
  const behindRows = await hiddenByResults(store, compiled.value, exceptions, first, author);
  const hidden = [...found, ...behindRows.filter(({ number }) => number < through)];
  await state.transaction().execute(async (transaction) => {
    for (const exception of exceptions) await addHits(transaction, author, exception, hidden);
    await transaction
      .insertInto('exceptionProgress')
      .values({ rule: slug, next: through })
      .onConflict((conflict) => conflict.column('rule').doUpdateSet({ next: through }))
      .execute();
  });
}

async function newestEvent(store: EventStore, now: number): Promise<number> {
  const number = { kind: 'column', name: EVENT_COLUMN, type: 'long' } as const;
  const { rows } = await store.run(
    {
      steps: [
        {
          kind: 'aggregate',
          aggregates: [{ name: 'newest', function: 'max', of: number, where: null }],
          keys: [],
        },
      ],
    },
    { now },
  );
  const newest = rows[0]?.['newest'];
  return newest === null || newest === undefined ? -1 : Number(newest);
}

async function addHits(
  transaction: StateTransaction,
  author: Author,
  { id }: StandingException,
  found: readonly HiddenEvent[],
): Promise<void> {
  const mine = found.filter(({ exceptions }) => exceptions.includes(id));
  if (mine.length === 0) return;
  const row = await transaction.selectFrom('exceptionHits').selectAll().where('exception', '=', id).executeTakeFirst();
  const before = row ? profileColumn.read(row.profile) : null;
  const profile = profileOf(mine, before ?? EMPTY);
  const last = formatInstant(mine.reduce((latest, { time }) => Math.max(latest, time), 0));
  const lastHit = row?.lastHit && row.lastHit > last ? row.lastHit : last;
  await writeHits(transaction, { exception: id, hits: (row?.hits ?? 0) + mine.length, lastHit, profile });
  if (before) await notice(transaction, author, id, before, profile);
}

const EMPTY: Profile = { host: [], parent: [], shape: [] };

const profileOf = (events: readonly HiddenEvent[], known: Profile): Profile => ({
  host: joined(
    known.host,
    events.flatMap(({ hosts }) => hosts),
  ),
  parent: joined(
    known.parent,
    events.flatMap(({ parents }) => parents),
  ),
  shape: joined(
    known.shape,
    events.flatMap(({ shapes }) => shapes),
  ),
});

const joined = (known: readonly string[], more: readonly string[]): string[] =>
  [...new Set([...known, ...more])].slice(0, MOST_VALUES);

async function writeHits(
  transaction: StateTransaction,
  { profile, ...rest }: { exception: string; hits: number; lastHit: string | null; profile: Profile },
): Promise<void> {
  const row = { ...rest, profile: profileColumn.write(profile) };
  await transaction
    .insertInto('exceptionHits')
    .values(row)
    .onConflict((conflict) => conflict.column('exception').doUpdateSet(row))
    .execute();
}

async function notice(
  transaction: StateTransaction,
  author: Author,
  exception: string,
  before: Profile,
  after: Profile,
): Promise<void> {
  const at = formatInstant(author.now);
  const fresh = KINDS.flatMap((kind: Kind) =>
    after[kind].filter((value) => !before[kind].includes(value)).map((value) => ({ kind, value })),
  );
  const rows = fresh.map((one, order) => ({ ...one, id: newId(author.now, order), exception, at, seenBy: null }));
  if (rows.length > 0) await transaction.insertInto('exceptionNotices').values(rows).execute();
}
