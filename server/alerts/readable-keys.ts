import { type Value, valuesOf } from '#shared/plan/value.ts';

/** Keys of a row as a person reads them: several values side by side, none as nothing. */
export const readableKeys = (keys: Readonly<Record<string, Value>>): Record<string, string> =>
  Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, valuesOf(value).map(String).join(', ')]));
