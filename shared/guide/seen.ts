import * as z from 'zod';
import { type Hint, hintSchema } from './hint.ts';

const valuesSchema = z.array(z.object({ field: z.string(), values: z.array(z.string()) }));

/** What the data said about a step at a time. */
export const seenSchema = z.object({
  at: z.string(),
  /** The query with the alert's values in it, and how many rows it had; null where none could be asked. */
  kql: z.string().nullable(),
  rows: z.number().int().nullable(),
  hints: z.array(hintSchema),
  /** Of the step's fields, over the alert's events. */
  values: valuesSchema,
});
export type Seen = z.infer<typeof seenSchema>;

/** What the data says otherwise now than when a step was answered. */
export const seenChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rows'), before: z.number().int(), after: z.number().int() }),
  z.object({
    kind: z.literal('hint'),
    before: hintSchema.shape.leaning.nullable(),
    after: hintSchema.shape.leaning.nullable(),
    reason: z.string(),
  }),
  z.object({ kind: z.literal('values'), field: z.string(), added: z.array(z.string()), gone: z.array(z.string()) }),
  /** The guide asks something else than it did. */
  z.object({ kind: z.literal('question') }),
]);
export type SeenChange = z.infer<typeof seenChangeSchema>;

/** Of a field that everything differs in, so much is named. */
const MOST_NAMED = 5;

/**
 * What contradicts an answer: another number of rows, hints that lean otherwise, values that the alert did not have or has no
 * more. The words of a hint may change with every event; that its leaning does is what counts.
 */
export function changesSince(before: Seen, now: Seen): readonly SeenChange[] {
  const values = changedValues(before, now);
  return [...changedRows(before, now, values.length > 0), ...changedHint(before, now), ...values];
}

function changedRows(before: Seen, now: Seen, otherValues: boolean): readonly SeenChange[] {
  if (before.rows !== null && now.rows !== null && before.rows !== now.rows) {
    return [{ kind: 'rows', before: before.rows, after: now.rows }];
  }
  // Other values of the alert stand in the query too: they are told by themselves.
  const asksOtherwise = before.kql !== now.kql && !otherValues;
  return asksOtherwise || (before.kql === null) !== (now.kql === null) ? [{ kind: 'question' }] : [];
}

const RANK: readonly Hint['leaning'][] = ['suspicious', 'expected', 'neutral'];
const leaningOf = ({ hints }: Seen): Hint['leaning'] | null =>
  RANK.find((leaning) => hints.some((hint) => hint.leaning === leaning)) ?? null;

function changedHint(before: Seen, now: Seen): readonly SeenChange[] {
  const [then, after] = [leaningOf(before), leaningOf(now)];
  if (then === after) return [];
  const [from, leaning] = after === null ? [before, then] : [now, after];
  const reason = from.hints.find((hint) => hint.leaning === leaning)?.reason ?? '';
  return [{ kind: 'hint', before: then, after, reason }];
}

function changedValues(before: Seen, now: Seen): readonly SeenChange[] {
  return now.values.flatMap(({ field, values }) => {
    const then = before.values.find((one) => one.field === field)?.values;
    if (!then) return [];
    const added = values.filter((value) => !then.includes(value));
    const gone = then.filter((value) => !values.includes(value));
    if (added.length + gone.length === 0) return [];
    return [{ kind: 'values', field, added: added.slice(0, MOST_NAMED), gone: gone.slice(0, MOST_NAMED) }];
  });
}
