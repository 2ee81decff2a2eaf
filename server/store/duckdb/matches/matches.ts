import type { EventNumber, KeptMatches, StandingFilter } from '#server/store/event-store.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { dependsOnNow } from '#shared/rule/event-filter.ts';
import { checkPlan } from '../compile/check.ts';
import { fieldsRead } from '../compile/compile.ts';
import { countOf, inTransaction, type Session } from '../connection.ts';
import type { Layout } from '../load/schema.ts';
import type { SpilledFields } from '../spilled-fields.ts';
import { adjust, differing, isLike, type Standing } from './adjust.ts';
import { bringUp, dropAllBut, type Filling, takeIn } from './fill.ts';
import { impliedBy, isAmong } from './implied.ts';
import { liesFarApart, type NamingPlan, namingPlan, theseOf } from './named-events.ts';
import { type Narrowed, narrowedTo } from './narrowed.ts';
import { registeredMatches } from './registry.ts';
import { type Selection, tableNamed } from './selection.ts';
import { selectionOf } from './selection-of.ts';

/**
 * The matches of filters that are asked again and again: for each a table with the events that pass it, in which a plan finds
 * all that it can use. Made in one scan, grown in the transaction of each append, and thrown away without loss.
 */
export interface Matches {
  /** See `EventStore.keepMatches`. Nothing may be stored or removed meanwhile. */
  keep(
    session: Session,
    filters: readonly StandingFilter[],
    signal: AbortSignal | undefined,
  ): Promise<readonly KeptMatches[]>;
  /** Takes in what the session's transaction has stored. */
  grow(session: Session, signal: AbortSignal | undefined): Promise<void>;
  /**
   * The fewest events over which a plan can be asked, as of the session's transaction; null where that is all.
   * @param before of the plan's steps only so many are to tell which events those are
   * @param among see `RunOptions.among`
   */
  narrow(session: Session, plan: Plan, before: number, among?: Expression): Promise<Narrowed | null>;
}

export function matchesOf(layout: Layout, spilled: SpilledFields): Matches {
  /** What is grown and read; of others that the file may hold, nobody knows whether they are whole. */
  let selections: readonly Selection[] = [];

  /**
   * In the order in which they are kept: one that is among another's matches behind it. Each where its table is as of the session's
   * transaction: while others are being kept, one may take over the table of another, which then gets a new one.
   */
  async function registered(session: Session): Promise<readonly Standing[]> {
    const known = selections.length === 0 ? [] : await registeredMatches(session);
    const present = new Map<Selection | null, Selection>();
    return selections.flatMap((kept) => {
      const entry = known.find(({ digest }) => digest === kept.digest);
      if (!entry) return [];
      const selection = { ...kept, place: entry.place, among: present.get(kept.among) ?? null };
      present.set(kept, selection);
      return [{ entry, selection }];
    });
  }

  return {
    keep: async (session, filters, signal) => {
      const filling: Filling = { session, layout, spilled: await spilled.in(session), signal };
      const trusted = new Set(selections.map(({ digest }) => digest));
      const answers: KeptMatches[] = [];
      const kept: Selection[] = [];
      /** What was kept until now, and nobody has taken over yet. */
      let left = selections;
      for (const standing of filters) {
        const refusal = refusalOf(standing.filter, layout);
        if (refusal) answers.push(refusal);
        else {
          const asked = selectionOf(standing, layout, kept);
          const { selection, before } = await placed(session, asked, left);
          const answer = await inTransaction(session, async () => {
            if (before) await adjust(filling, before, selection);
            return bringUp(filling, selection, before !== null || trusted.has(selection.digest));
          });
          answers.push(answer);
          left = left.filter((one) => one !== before?.selection && one.digest !== selection.digest);
          if (answer.kept && !kept.some(({ digest }) => digest === selection.digest)) kept.push(selection);
        }
      }
      selections = kept;
      await inTransaction(session, () => dropAllBut(session, selections));
      return answers;
    },
    grow: async (session, signal) => {
      const entries = await registered(session);
      if (entries.length === 0) return;
      const filling: Filling = { session, layout, spilled: await spilled.beforeCommit(session), signal };
      const whole = new Set<Selection | null>();
      for (const { entry, selection } of entries) {
        const { among } = selection;
        if (await takeIn(filling, { ...selection, among: whole.has(among) ? among : null }, entry))
          whole.add(selection);
      }
    },
    narrow: async (session, plan, before, among) => {
      // Of as many matches, those that pass more conditions: fewer are left to ask.
      const entries = (await registered(session))
        .toReversed()
        .toSorted((left, right) => left.entry.found - right.entry.found);
      const implies = entries.length > 0 ? impliedBy({ steps: plan.steps.slice(0, before) }) : () => false;
      const fitting = entries.find(({ selection }) => implies(selection.filter));
      if (fitting) return narrowedTo(fitting.selection, plan);
      const naming = before === 0 ? null : namingPlan(plan);
      return naming && narrowedToNamed({ session, entries }, naming, among);
    },
  };
}

interface Placed {
  readonly selection: Selection;
  /** The selection whose table it takes over, with other items. */
  readonly before: Standing | null;
}

/** Where a selection's table is, or is to be made. */
async function placed(session: Session, asked: Selection, present: readonly Selection[]): Promise<Placed> {
  const known = await registeredMatches(session);
  const entryOf = (digest: string) => known.find((entry) => entry.digest === digest);
  const own = entryOf(asked.digest);
  if (own) return { selection: { ...asked, place: own.place }, before: null };
  const alike = present.filter((selection) => isLike(selection, asked));
  for (const selection of alike.toSorted((one, other) => differing(one, asked) - differing(other, asked))) {
    const entry = entryOf(selection.digest);
    if (entry) return { selection: { ...asked, place: entry.place }, before: { entry, selection } };
  }
  const taken = new Set(known.map(({ place }) => place));
  let place = asked.digest;
  for (let number = 2; taken.has(place); number += 1) place = `${asked.digest}_${number}`;
  return { selection: { ...asked, place }, before: null };
}

/** A plan over the events that it names. Those of alerts lie far apart among all events, and together among their rule's matches. */
async function narrowedToNamed(
  { session, entries }: { readonly session: Session; readonly entries: readonly Standing[] },
  { numbers, rest }: NamingPlan,
  among: Expression | undefined,
): Promise<Narrowed> {
  const candidates = entries.map(({ selection }) => selection).filter((selection) => hasFields(selection, rest));
  const holding =
    candidates.find(({ filter }) => among && isAmong(among, filter)) ??
    (liesFarApart(numbers) ? await holdingAll(session, candidates, numbers) : undefined);
  const table = holding ? tableNamed(holding.place) : 'events';
  return { plan: rest, table: theseOf(table, numbers), added: [], warns: true };
}

/** The first of these selections that has all these events. */
async function holdingAll(
  session: Session,
  candidates: readonly Selection[],
  numbers: readonly EventNumber[],
): Promise<Selection | undefined> {
  for (const selection of candidates) {
    const [row] = await session.rows(`SELECT count(*) AS events FROM ${theseOf(tableNamed(selection.place), numbers)}`);
    if (countOf(row?.['events']) === numbers.length) return selection;
  }
  return undefined;
}

const hasFields = ({ fields }: Selection, plan: Plan): boolean =>
  fieldsRead(plan)?.every((field) => fields.has(field)) ?? false;

function refusalOf(filter: Expression, { catalogue, concerning }: Layout): KeptMatches | null {
  if (concerning) return { kept: false, reason: 'not supported' };
  if (dependsOnNow(filter)) return { kept: false, reason: 'depends on the time of the run' };
  const problems = checkPlan({ steps: [{ kind: 'filter', where: filter }] }, catalogue);
  return problems.length > 0 ? { kept: false, reason: 'not supported' } : null;
}
