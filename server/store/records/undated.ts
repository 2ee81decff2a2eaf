const TIMESTAMP = '@timestamp';

/** Why a parsed record that has no readable `@timestamp` is refused, for its sender. */
export function undatedBecause(document: object): string {
  const given: unknown = Reflect.get(document, TIMESTAMP);
  const isNothing = given === undefined || given === null || (Array.isArray(given) && given.length === 0);
  return isNothing ? `${TIMESTAMP} is missing` : `${TIMESTAMP} is not a date: ${shown(given)}`;
}

/** As JSON, cut: a sender may give anything, also more brackets than JSON can be written with. */
function shown(value: unknown): string {
  try {
    return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)).slice(0, 100);
  } catch (error) {
    if (error instanceof RangeError) return 'a deeply nested value';
    throw error;
  }
}
