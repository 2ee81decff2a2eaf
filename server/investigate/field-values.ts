import type { EventStore } from '#server/store/event-store.ts';
import { must } from '#shared/base/assert.ts';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { type Result, succeed } from '#shared/base/result.ts';
import { lowerCaseText } from '#shared/base/text.ts';
import { formatInstant } from '#shared/base/time.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { aggregate, planBuilder } from '#shared/plan/build.ts';
import { allOf, type Expression } from '#shared/plan/expression.ts';
import type { Step } from '#shared/plan/plan.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import { type Value, type ValueType, valuesOf } from '#shared/plan/value.ts';
import { ask } from './ask.ts';
import { numberOf } from './summary.ts';

interface Wanted {
  /** A field of the store's catalogue. */
  readonly field: string;
  /** What values begin with, in any letter case. */
  readonly prefix: string;
  /** Only in events that this matches. */
  readonly kql: string;
  readonly limit: number;
  readonly signal?: AbortSignal;
}

export interface CountedValue {
  readonly value: string;
  readonly count: number;
}

/** The most frequent values of a field and how many events have each; diagnostics where the query cannot be read. */
export async function fieldValues(
  store: EventStore,
  { field, prefix, kql, limit, signal }: Wanted,
): Promise<Result<CountedValue[], readonly Diagnostic[]>> {
  const compiled = compileKql(kql, store.catalogue);
  if (!compiled.ok) return compiled;
  const { column } = planBuilder(store.catalogue);
  const type = valueTypeOf(must(store.catalogue.find(field), `field ${field}`).type);
  const isKnown: Expression = { kind: 'not', operand: { kind: 'is-null', of: column(field) } };
  const steps: Step[] = [
    { kind: 'filter', where: allOf([isKnown, compiled.value.expression]) },
    { kind: 'aggregate', aggregates: [aggregate('count', 'count')], keys: [{ name: 'value', value: column(field) }] },
    ...(prefix === '' ? [] : beginningWith(prefix, type)),
    {
      kind: 'sort',
      by: [{ value: { kind: 'column', name: 'count', type: 'long' }, direction: 'descending', nulls: 'last' }],
    },
    { kind: 'limit', count: limit },
  ];
  const rows = await ask(store, steps, Date.now(), signal);
  return succeed(rows.map((row) => ({ value: valueText(row['value'], type), count: numberOf(row['count']) ?? 0 })));
}

const call = (name: string, value: Expression): Expression => ({ kind: 'call', name, type: 'string', args: [value] });

function beginningWith(prefix: string, type: ValueType): readonly Step[] {
  const value: Expression = { kind: 'column', name: 'value', type };
  const text = type === 'string' ? value : call('to_string', value);
  return [
    {
      kind: 'filter',
      where: {
        kind: 'like',
        value: call('caseless', text),
        patterns: [[lowerCaseText(prefix), { wildcard: 'many' }]],
      },
    },
  ];
}

function valueText(value: Value | undefined, type: ValueType): string {
  const [first = ''] = valuesOf(value);
  return type === 'datetime' ? formatInstant(Number(first)) : String(first);
}
