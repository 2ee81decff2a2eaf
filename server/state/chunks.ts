/** Rows or values of one statement: the engine allows 32,766 parameters, our widest table has 32 columns. */
const CHUNK = 500;

/** The items in pieces that one statement can carry; no piece for no items. */
export function chunksOf<Item>(items: readonly Item[]): Item[][] {
  const chunks: Item[][] = [];
  for (let start = 0; start < items.length; start += CHUNK) chunks.push(items.slice(start, start + CHUNK));
  return chunks;
}
