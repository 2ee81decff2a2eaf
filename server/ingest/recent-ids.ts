/** The last ids seen, a bounded number of them. */
export interface RecentIds {
  readonly add: (id: string) => void;
  readonly has: (id: string) => boolean;
}

export function openRecentIds(most: number): RecentIds {
  const ids = new Set<string>();
  return {
    has: (id) => ids.has(id),
    add(id) {
      ids.add(id);
      if (ids.size <= most) return;
      for (const oldest of ids) {
        ids.delete(oldest);
        return;
      }
    },
  };
}
