/** A JSON record with line breaks, its numbers and the order of its members as they came; other text unchanged. */
export function prettyJson(text: string): string {
  const parsed = parses(text);
  if (!parsed) return text;
  let depth = 0;
  let shown = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') shown += `${token}${breakAt(++depth)}`;
    else if (token === '}' || token === ']') shown += `${breakAt(--depth)}${token}`;
    else if (token === ',') shown += `,${breakAt(depth)}`;
    else if (token === ':') shown += ': ';
    else shown += token;
  }
  return shown.replace(/([{[])\s+([}\]])/g, '$1$2');
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const breakAt = (depth: number): string => `\n${'  '.repeat(depth)}`;

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
