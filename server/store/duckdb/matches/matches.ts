import type { KeptMatches, StandingFilter } from '#server/store/event-store.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { dependsOnNow } from '#shared/rule/event-filter.ts';
import { checkPlan } from '../compile/check.ts';
import { fieldsRead } from '../compile/compile.ts';
import { inTransaction, type Session } from '../connection.ts';
import type { Layout } from '../load/schema.ts';
import type { SpilledFields } from '../spilled-fields.ts';
import { bringUp, dropAllBut, type Filling, takeIn } from './fill.ts';
import { impliedBy, withoutKnown } from './implied.ts';
import { registeredMatches } from './registry.ts';
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
  /** The fewest events over which a plan can be asked, as of the session's transaction. */
  narrow(session: Session, plan: Plan): Promise<Narrowed>;
}

/** A plan that gives over a table what the plan it came from gives over all events. */
export interface Narrowed {
  readonly plan: Plan;
  /** A table, or a SELECT in parentheses. */
  readonly table: string;
}

export function matchesOf(layout: Layout, spilled: SpilledFields): Matches {
  /** What is grown and read; of others that the file may hold, nobody knows whether they are whole. */
  let selections: readonly Selection[] = [];

  async function registered(session: Session) {
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
      const entries = await registered(session);
      if (entries.length === 0) return { plan, table: 'events' };
      const implies = impliedBy(plan);
      const fitting = entries.filter(({ selection }) => implies(selection.filter));
      const smallest = fitting.toSorted((left, right) => left.entry.found - right.entry.found)[0]?.selection;
      return smallest ? narrowedTo(smallest, plan) : { plan, table: 'events' };
    },
  };
}

function narrowedTo({ filter, digest, fields }: Selection, before: Plan): Narrowed {
  const plan = withoutKnown(before, filter);
  const table = tableNamed(digest);
  const isKept = fieldsRead(plan)?.every((field) => fields.has(field)) ?? false;
  return { plan, table: isKept ? table : `(SELECT * FROM events SEMI JOIN ${table} USING (seq))` };
}

function refusalOf(filter: Expression, { catalogue }: Layout): KeptMatches | null {
  if (dependsOnNow(filter)) return { kept: false, reason: 'depends on the time of the run' };
  const problems = checkPlan({ steps: [{ kind: 'filter', where: filter }] }, catalogue);
  return problems.length > 0 ? { kept: false, reason: 'not supported' } : null;
}
