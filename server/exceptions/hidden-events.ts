import type { EventNumber, EventStore } from '#server/store/event-store.ts';
import type { Instant } from '#shared/base/time.ts';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import type { FlatDocument } from '#shared/event/document.ts';
import { anyItem } from '#shared/exceptions/any-item.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import { EVENT_COLUMN, type Step } from '#shared/plan/plan.ts';
import { valuesOf } from '#shared/plan/value.ts';
import { commandShape } from '#shared/rarity/shape.ts';
import type { StandingException } from '#shared/rule/exceptions-in-force.ts';

/** An event that exceptions leave out, and which do. */
export interface HiddenEvent {
  readonly number: EventNumber;
  readonly time: Instant;
  readonly exceptions: readonly string[];
  readonly hosts: readonly string[];
  readonly parents: readonly string[];
  readonly shapes: readonly string[];
}

/** Events looked at in one go: more are counted the next time. */
export const MOST_HIDDEN = 20_000;
const NUMBER: Expression = { kind: 'single', of: { kind: 'column', name: EVENT_COLUMN, type: 'long' } };

/** Events from a number on. */
export const since = (first: EventNumber): Expression => ({
  kind: 'compare',
  operator: '>=',
  left: NUMBER,
  right: { kind: 'literal', type: 'long', value: first },
});

const FACTS = ['@timestamp', 'host.name', 'process.parent.executable', 'process.command_line'];

/**
 * The matches of a filter from a number on that exceptions on events leave out, in order of arrival. The store finds the few
 * that any of them leaves out; which one it was is told here.
 */
export async function hiddenEvents(
  store: EventStore,
  filter: Expression,
  exceptions: readonly StandingException[],
  first: EventNumber,
  options: { readonly now: Instant; readonly signal?: AbortSignal },
): Promise<readonly HiddenEvent[]> {
  const compiled = exceptions.flatMap((exception) => {
    const item = compileException(exception.entries, store.catalogue, exception);
    return exception.stage === 'event' && item.ok ? [{ id: exception.id, holds: item.value }] : [];
  });
  if (compiled.length === 0) return [];
  const any = anyItem(compiled.map(({ holds }) => holds));
  const columns = [...new Set([...FACTS, ...fieldsOf(any)])].filter((field) => store.catalogue.find(field));
  const steps: Step[] = [
    { kind: 'filter', where: allOf([since(first), filter, any]) },
    { kind: 'keep', columns },
    { kind: 'sort', by: [{ value: NUMBER, direction: 'ascending', nulls: 'last' }] },
    { kind: 'limit', count: MOST_HIDDEN },
  ];
  const { rows } = await store.run({ steps }, options);
  return rows.map((row) => {
    const document: FlatDocument = new Map(columns.map((field) => [field, valuesOf(row[field])]));
    const texts = (field: string): string[] => valuesOf(row[field]).map(String);
    return {
      number: Number(row[EVENT_COLUMN]),
      time: Number(row['@timestamp']),
      exceptions: compiled.flatMap(({ id, holds }) => (evaluateFilter(holds, document, options.now) ? [id] : [])),
      hosts: texts('host.name'),
      parents: texts('process.parent.executable'),
      shapes: texts('process.command_line').map(commandShape),
    };
  });
}
