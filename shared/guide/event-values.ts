import { formatInstant } from '#shared/base/time.ts';
import type { FlatDocument } from '#shared/event/document.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';

/** An event's fields as text: dates in ISO 8601, numbers in decimal. All of it is hostile. */
export type EventValues = Readonly<Record<string, readonly string[]>>;

/** A flat document as text. */
export function eventValues(document: FlatDocument, catalogue: FieldCatalogue): EventValues {
  const entries = [...document].map(([field, values]) => {
    const isDate = catalogue.find(field)?.type === 'date';
    return [field, values.map((value) => (isDate ? formatInstant(Number(value)) : String(value)))] as const;
  });
  return Object.fromEntries(entries);
}

export const valuesIn = (event: EventValues, field: string): readonly string[] =>
  Object.hasOwn(event, field) ? (event[field] ?? []) : [];

/** Each value of the field once, in order of first appearance. */
export const distinctValues = (events: readonly EventValues[], field: string): readonly string[] => [
  ...new Set(events.flatMap((event) => valuesIn(event, field))),
];
