/** Fields of an audit record, as they stand there: quotes kept, since they tell text from hex. */
export type Fields = ReadonlyMap<string, string>;

/** A name is looked for only where one begins: a long word is read once. */
const FIELD = /(?<![A-Za-z0-9_[\]-])([A-Za-z_][A-Za-z0-9_[\]-]{0,63})=("[^"]*"?|'[^']*'?|[^ ]*)/g;

/** Stands between a record and what auditd has added to it. */
const ENRICHED = '\u001d';

/** Most fields of one record that are kept: arguments of a long command come as a field each. */
const MOST_FIELDS = 100_000;

/** The fields of a record's text. A name that comes twice has its first value: what follows might be an attacker's. */
export function fieldsOf(text: string): Fields {
  const fields = new Map<string, string>();
  for (const [, name = '', value = ''] of text.replaceAll(ENRICHED, ' ').matchAll(FIELD)) {
    if (!fields.has(name)) fields.set(name, value);
    if (fields.size >= MOST_FIELDS) break;
  }
  return fields;
}

const HEX = /^(?:[0-9A-Fa-f]{2})+$/;

/**
 * The bytes of a value that the kernel may have written as hex (linux `kernel/audit.c`, audit_log_untrustedstring): quoted
 * as it is, unquoted as pairs of hex digits. Undefined for none, which is written `(null)`.
 */
export function bytesOf(value: string | undefined): Buffer | undefined {
  if (value === undefined || value === '') return undefined;
  if (value.startsWith('"'))
    return Buffer.from(value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value.slice(1));
  // Old kernels leave a quote behind a key of several.
  const bare = value.replace(/"$/, '');
  if (HEX.test(bare)) return Buffer.from(bare, 'hex');
  return /^\(\w+\)$/.test(value) ? undefined : Buffer.from(value);
}

/** Text of such a value. */
export const textOf = (value: string | undefined): string | undefined => bytesOf(value)?.toString('utf8');

/** A value that is never hex, without its quotes. */
export const plainOf = (value: string | undefined): string | undefined => value?.replaceAll(/^["']|["']$/g, '');
