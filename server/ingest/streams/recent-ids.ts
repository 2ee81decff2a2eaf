/** The last ids seen, a bounded number of them. */
export interface RecentIds {
  readonly add: (id: string) => void;
  readonly has: (id: string) => boolean;
}

/**
 * Remembers the last `most` ids at least, twice as many at most: two sets take turns, since taking the oldest out of one costs
 * the more the more have gone before.
 */
export function openRecentIds(most: number): RecentIds {
  let young = new Set<string>();
  let old = new Set<string>();
  return {
    has: (id) => young.has(id) || old.has(id),
    add(id) {
      young.add(id);
      if (young.size < most) return;
      old = young;
      young = new Set();
    },
  };
}
