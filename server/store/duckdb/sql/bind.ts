/**
 * The body with a name for a value that is computed once. A macro's parameter, like a text pasted by hand, is repeated wherever
 * it stands; nested a few times, that is more SQL than the engine can read.
 */
export const bind = (name: string, value: string, body: string): string =>
  `list_transform([${value}], lambda ${name}: ${body})[1]`;

/** From this length, in characters, SQL is named rather than repeated: longer than any column. */
const LONG = 60;

export const isLong = (sql: string): boolean => sql.length > LONG;

/** The body over the value, which is named first where it is long. */
export const bindLong = (name: string, value: string, body: (value: string) => string): string =>
  isLong(value) ? bind(name, value, body(name)) : body(value);
