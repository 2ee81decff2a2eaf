import { loadEventFacts } from '#server/rules/event-facts.ts';
import { replayRule } from '#server/rules/replay.ts';
import { timesOf } from '#server/rules/times-of.ts';
import type { EventNumber, EventStore, RunOptions } from '#server/store/event-store.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import type { Instant } from '#shared/base/time.ts';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { compileResultException } from '#shared/exceptions/compile.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import { valuesByColumn } from '#shared/plan/value.ts';
import { commandShape } from '#shared/rarity/shape.ts';
import { compileRule } from '#shared/rule/compile.ts';
import type { CompiledRule } from '#shared/rule/compiled-rule.ts';
import { concern } from '#shared/rule/doubts.ts';
import type { StandingException } from '#shared/rule/exceptions-in-force.ts';
import { STORED_TIME } from '#shared/rule/schedule.ts';
import { type HiddenEvent, MOST_HIDDEN, since } from './hidden-events.ts';
import { lintContextOf } from './lint-draft.ts';

interface Options {
  readonly now: Instant;
  readonly signal?: AbortSignal;
}

/**
 * The events, from a number on, behind the rows that exceptions on results leave out. The rule is replayed without these over the
 * time of its new matches; without such exceptions nothing is asked.
 */
export async function hiddenByResults(
  store: EventStore,
  compiled: CompiledRule,
  exceptions: readonly StandingException[],
  first: EventNumber,
  options: Options,
): Promise<readonly HiddenEvent[]> {
  const { columns } = lintContextOf(store, compiled);
  const items = exceptions.flatMap((exception) => {
    const item = compileResultException(exception.entries, columns, exception);
    return exception.stage === 'result' && item.ok ? [{ id: exception.id, holds: item.value }] : [];
  });
  const seen = { time: STORED_TIME, where: allOf([since(first), compiled.filter]) };
  const range = items.length === 0 ? null : await timesOf(store, seen, options);
  if (!range) return [];
  const onEvents = exceptions.filter(({ stage }) => stage === 'event');
  const spared = compileRule(compiled.rule, store.catalogue, onEvents);
  if (!spared.ok) return [];
  const { drafts } = await replayRule(store, spared.value, { range, ...options });
  const hidden = new Map<string, Set<string>>();
  for (const draft of drafts) {
    const ids = items.flatMap(({ id, holds }) => (holdsFor(holds, draft, options.now) ? [id] : []));
    for (const event of ids.length > 0 ? draft.events : []) {
      const known = hidden.get(event) ?? new Set();
      hidden.set(event, known);
      for (const id of ids) known.add(id);
    }
  }
  return factsOf(store, hidden, first, { ...options, among: concern(compiled) });
}

function holdsFor(holds: Expression, { columns }: AlertDraft, now: Instant): boolean {
  return evaluateFilter(holds, valuesByColumn(columns), now) === true;
}

async function factsOf(
  store: EventStore,
  hidden: ReadonlyMap<string, ReadonlySet<string>>,
  first: EventNumber,
  options: RunOptions,
): Promise<readonly HiddenEvent[]> {
  const numbers = [...(await store.numbersOf([...hidden.keys()])).values()].filter((number) => number >= first);
  const facts = await loadEventFacts(store, numbers.sort((left, right) => left - right).slice(0, MOST_HIDDEN), options);
  return [...facts].map(([number, { id, time, values }]) => {
    const texts = (field: string): string[] => (values.get(field) ?? []).map(String);
    return {
      ...{ number, time, exceptions: [...(hidden.get(id) ?? [])] },
      ...{ hosts: texts('host.name'), parents: texts('process.parent.executable') },
      shapes: texts('process.command_line').map(commandShape),
    };
  });
}
