/**
 * A name (table, column, struct member) as it may stand in DuckDB SQL, whatever its characters. With `quoteText` the only
 * way by which a foreign text enters a statement; values go in as parameters wherever a parameter may stand.
 */
export function quoteName(name: string): string {
  if (name === '' || name.includes('\0')) throw new Error(`No name in SQL: ${JSON.stringify(name)}`);
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as a DuckDB string literal: between the quotes only the quote itself means anything. */
export function quoteText(text: string): string {
  if (text.includes('\0')) throw new Error('A NUL would end the statement');
  return `'${text.replaceAll("'", "''")}'`;
}
