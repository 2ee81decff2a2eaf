import type { KeptMatches, StandingFilter } from '#server/store/event-store.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { dependsOnNow } from '#shared/rule/event-filter.ts';
import { checkPlan } from '../compile/check.ts';
import { fieldsRead } from '../compile/compile.ts';
import { countOf, inTransaction, type Session } from '../connection.ts';
import type { Layout } from '../load/schema.ts';
import type { SpilledFields } from '../spilled-fields.ts';
import { quoteName } from '../sql/identifier.ts';
import { bringUp, dropAllBut, type Filling, takeIn } from './fill.ts';
import { impliedBy, withKnown } from './implied.ts';
import { liesFarApart, type NamingPlan, namingPlan, theseOf } from './named-events.ts';
import { type Registered, registeredMatches } from './registry.ts';
import { type Selection, selectionOf, tableNamed } from './selection.ts';

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
  /** The fewest events over which a plan can be asked, as of the session's transaction; null where that is all. */
  narrow(session: Session, plan: Plan): Promise<Narrowed | null>;
}

/** A plan that gives over a table what the plan it came from gives over all events. */
export interface Narrowed {
  readonly plan: Plan;
  /** A table, or a SELECT in parentheses. */
  readonly table: string;
  /** Its columns beside those of events, which the plan may name: of booleans. */
  readonly added: readonly string[];
  /** Whether it meets all that the plan it came from warns of: only conditions on numbers turn events away before. */
  readonly warns: boolean;
}

interface Entry {
  readonly entry: Registered;
  readonly selection: Selection;
}

export function matchesOf(layout: Layout, spilled: SpilledFields): Matches {
  /** What is grown and read; of others that the file may hold, nobody knows whether they are whole. */
  let selections: readonly Selection[] = [];

  async function registered(session: Session): Promise<readonly Entry[]> {
    const known = selections.length === 0 ? [] : await registeredMatches(session);
    return known.flatMap((entry) => {
      const selection = selections.find(({ digest }) => digest === entry.digest);
      return selection ? [{ entry, selection }] : [];
    });
  }

  return {
    keep: async (session, filters, signal) => {
      const filling: Filling = { session, layout, spilled: await spilled.in(session), signal };
      const trusted = new Set(selections.map(({ digest }) => digest));
      const wanted = filters.map((standing) => refusalOf(standing.filter, layout) ?? selectionOf(standing, layout));
      const answers: KeptMatches[] = [];
      for (const one of wanted) {
        if (!('digest' in one)) answers.push(one);
        else answers.push(await inTransaction(session, () => bringUp(filling, one, trusted.has(one.digest))));
      }
      const kept = wanted.flatMap((one, index) => ('digest' in one && answers[index]?.kept ? [one] : []));
      selections = [...new Map(kept.map((one) => [one.digest, one])).values()];
      await inTransaction(session, () => dropAllBut(session, selections));
      return answers;
    },
    grow: async (session, signal) => {
      const entries = await registered(session);
      if (entries.length === 0) return;
      const filling: Filling = { session, layout, spilled: await spilled.beforeCommit(session), signal };
      for (const { entry, selection } of entries) await takeIn(filling, selection, entry);
    },
    narrow: async (session, plan) => {
      const entries = (await registered(session)).toSorted((left, right) => left.entry.found - right.entry.found);
      const implies = entries.length > 0 ? impliedBy(plan) : () => false;
      const fitting = entries.find(({ selection }) => implies(selection.filter));
      if (fitting) return narrowedTo(fitting.selection, plan);
      const naming = layout.concerning ? null : namingPlan(plan);
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

function narrowedTo(selection: Selection, before: Plan): Narrowed {
  const { known, verdicts, fields } = selection;
  const plan = withKnown(before, known, fields);
  const table = tableNamed(selection.digest);
  const added = verdicts.map(({ name }) => name);
  if (hasFields(selection, plan)) return { plan, table, added, warns: false };
  const columns = ['events.*', ...added.map((name) => `kept.${quoteName(name)}`)].join(', ');
  return { plan, table: `(SELECT ${columns} FROM events JOIN ${table} AS kept USING (seq))`, added, warns: false };
}

function refusalOf(filter: Expression, { catalogue, concerning }: Layout): KeptMatches | null {
  if (concerning) return { kept: false, reason: 'not supported' };
  if (dependsOnNow(filter)) return { kept: false, reason: 'depends on the time of the run' };
  const problems = checkPlan({ steps: [{ kind: 'filter', where: filter }] }, catalogue);
  return problems.length > 0 ? { kept: false, reason: 'not supported' } : null;
}
