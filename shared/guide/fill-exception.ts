import type { FieldCatalogue } from '#shared/event/field.ts';
import { type ExceptionEntry, entrySchema } from '#shared/exceptions/item.ts';
import { distinctValues, type EventValues, valuesIn } from './event-values.ts';

/** Conditions on one list field, and values of a "is one of", beyond which a prefilled form helps nobody. */
const MOST_ELEMENTS = 10;
const MOST_VALUES = 50;

/**
 * Entries to prefill an exception with: of the fields a step names, those that every event of the alert has, so that the
 * exception holds for each of them and for as little else as these fields allow. A list field never becomes "is one of", which
 * would meet any event with a single element in common: each element that all events share is a condition of its own.
 */
export function prefillException(
  fields: readonly string[],
  events: readonly EventValues[],
  catalogue: FieldCatalogue,
): readonly ExceptionEntry[] {
  if (events.length === 0) return [];
  return fields
    .filter((field) => events.every((event) => valuesIn(event, field).length > 0))
    .flatMap((field) => (isList(field, events, catalogue) ? sharedElements(field, events) : scalarEntry(field, events)))
    .filter((entry) => entrySchema.safeParse(entry).success);
}

const isList = (field: string, events: readonly EventValues[], catalogue: FieldCatalogue): boolean =>
  catalogue.find(field)?.many === true || events.some((event) => valuesIn(event, field).length > 1);

const match = (field: string, value: string): ExceptionEntry => ({ type: 'match', field, operator: 'included', value });

function scalarEntry(field: string, events: readonly EventValues[]): readonly ExceptionEntry[] {
  const values = distinctValues(events, field);
  const [only] = values;
  if (only === undefined || values.length > MOST_VALUES) return [];
  return [
    values.length === 1 ? match(field, only) : { type: 'match_any', field, operator: 'included', value: [...values] },
  ];
}

function sharedElements(field: string, events: readonly EventValues[]): readonly ExceptionEntry[] {
  const shared = distinctValues(events, field).filter((value) =>
    events.every((event) => valuesIn(event, field).includes(value)),
  );
  return shared.slice(0, MOST_ELEMENTS).map((value) => match(field, value));
}
