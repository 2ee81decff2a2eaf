/** Members of a URL's query: one text, or several where the name is repeated. */
export type RawSearch = Record<string, string | string[]>;

/** `?status=open&host=a&host=b` as `{status: 'open', host: ['a', 'b']}`; nothing in it is taken for JSON. */
export function parseSearch(text: string): RawSearch {
  const search: RawSearch = {};
  const params = new URLSearchParams(text);
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name);
    search[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return search;
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') params.append(name, String(item));
    }
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
