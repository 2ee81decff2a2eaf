const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\t': '\\t', '\r': '\\r', '\n': '\\n' };

/**
 * The quoted KQL literal that means exactly this text, whatever it holds: no wildcard, no operator, no way out of the
 * quotation marks. The only way by which an event's text enters a query.
 */
export const kqlLiteral = (value: string): string =>
  `"${value.replace(/[\\"\t\r\n]/g, (character) => ESCAPES[character] ?? character)}"`;

const PLAIN_NAME = /^(?!(?:and|or|null)$)(?!.*not$)[\w@.-]+$/i;

/** A field name as KQL writes it: bare where nothing in it could be read otherwise, quoted elsewhere. */
export const kqlFieldName = (name: string): string => (PLAIN_NAME.test(name) ? name : kqlLiteral(name));
