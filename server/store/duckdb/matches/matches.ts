import type { KeptMatches, StandingFilter } from '#server/store/event-store.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { dependsOnNow } from '#shared/rule/event-filter.ts';
import { checkPlan } from '../compile/check.ts';
import { fieldsRead } from '../compile/compile.ts';
import { countOf, inTransaction, type Session } from '../connection.ts';
import type { Layout } from '../load/schema.ts';
import type { SpilledFields } from '../spilled-fields.ts';
import { bringUp, dropAllBut, type Filling, takeIn } from './fill.ts';
import { impliedBy } from './implied.ts';
import { liesFarApart, type NamingPlan, namingPlan, theseOf } from './named-events.ts';
import { type Narrowed, narrowedTo } from './narrowed.ts';
import { type Registered, registeredMatches } from './registry.ts';
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
   */
  narrow(session: Session, plan: Plan, before: number): Promise<Narrowed | null>;
}

interface Entry {
  readonly entry: Registered;
  readonly selection: Selection;
}

export function matchesOf(layout: Layout, spilled: SpilledFields): Matches {
  /** What is grown and read; of others that the file may hold, nobody knows whether they are whole. */
  let selections: readonly Selection[] = [];

  /** In the order in which they are kept: one that is among another's matches behind it. */
  async function registered(session: Session): Promise<readonly Entry[]> {
    const known = selections.length === 0 ? [] : await registeredMatches(session);
    return selections.flatMap((selection) => {
      const entry = known.find(({ digest }) => digest === selection.digest);
      return entry ? [{ entry, selection }] : [];
    });
  }

  return {
    keep: async (session, filters, signal) => {
      const filling: Filling = { session, layout, spilled: await spilled.in(session), signal };
      const trusted = new Set(selections.map(({ digest }) => digest));
      const bring = (one: Selection) => inTransaction(session, () => bringUp(filling, one, trusted.has(one.digest)));
      const answers: KeptMatches[] = [];
      const kept: Selection[] = [];
      for (const standing of filters) {
        const selection = refusalOf(standing.filter, layout) ?? selectionOf(standing, layout, kept);
        const answer = 'digest' in selection ? await bring(selection) : selection;
        answers.push(answer);
        const isNew = 'digest' in selection && !kept.some(({ digest }) => digest === selection.digest);
        if (answer.kept && isNew) kept.push(selection);
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
    narrow: async (session, plan, before) => {
      // Of as many matches, those that pass more conditions: fewer are left to ask.
      const entries = (await registered(session))
        .toReversed()
        .toSorted((left, right) => left.entry.found - right.entry.found);
      const implies = entries.length > 0 ? impliedBy({ steps: plan.steps.slice(0, before) }) : () => false;
      const fitting = entries.find(({ selection }) => implies(selection.filter));
      if (fitting) return narrowedTo(fitting.selection, plan);
      const naming = layout.concerning || before === 0 ? null : namingPlan(plan);
      return naming && narrowedToNamed(session, entries, naming);
    },
  };
}

/** A plan over the events that it names. Those of a replay's alerts lie all over the events, and together among the matches. */
async function narrowedToNamed(
  session: Session,
  entries: readonly Entry[],
  { numbers, rest }: NamingPlan,
): Promise<Narrowed> {
  const candidates = liesFarApart(numbers) ? entries.filter(({ selection }) => hasFields(selection, rest)) : [];
  for (const { selection } of candidates) {
    const table = theseOf(tableNamed(selection.digest), numbers);
    const [row] = await session.rows(`SELECT count(*) AS events FROM ${table}`);
    if (countOf(row?.['events']) === numbers.length) return { plan: rest, table, added: [], warns: true };
  }
  return { plan: rest, table: theseOf('events', numbers), added: [], warns: true };
}

const hasFields = ({ fields }: Selection, plan: Plan): boolean =>
  fieldsRead(plan)?.every((field) => fields.has(field)) ?? false;

function refusalOf(filter: Expression, { catalogue, concerning }: Layout): KeptMatches | null {
  if (concerning) return { kept: false, reason: 'not supported' };
  if (dependsOnNow(filter)) return { kept: false, reason: 'depends on the time of the run' };
  const problems = checkPlan({ steps: [{ kind: 'filter', where: filter }] }, catalogue);
  return problems.length > 0 ? { kept: false, reason: 'not supported' } : null;
}
