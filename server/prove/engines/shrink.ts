/** Trying is not for nothing: it takes a store of each engine. */
const MOST_TRIES = 60;

/** The fewest items of which this still holds, as far as leaving out stretches finds them in so many tries. */
export async function shrunk<Item>(
  items: readonly Item[],
  holds: (some: readonly Item[]) => Promise<boolean>,
): Promise<readonly Item[]> {
  let least = items;
  let tries = 0;
  for (let size = Math.ceil(items.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < least.length && tries < MOST_TRIES; ) {
      tries += 1;
      const fewer = [...least.slice(0, at), ...least.slice(at + size)];
      if (fewer.length < least.length && (await holds(fewer))) least = fewer;
      else at += size;
    }
  }
  return least;
}
