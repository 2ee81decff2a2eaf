/** A map that forgets what was longest not set, when it has too many entries or they weigh too much together. */
export interface BoundedMap<Value> {
  readonly get: (key: string) => Value | undefined;
  /** `weight` in characters, or whatever the limit counts. */
  readonly set: (key: string, value: Value, weight: number) => void;
  readonly size: () => number;
}

export function boundedMap<Value>(mostEntries: number, mostWeight: number): BoundedMap<Value> {
  const entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  let total = 0;
  const remove = (key: string): void => {
    total -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  };
  return {
    get: (key) => entries.get(key)?.value,
    set(key, value, weight) {
      remove(key);
      entries.set(key, { value, weight });
      total += weight;
      for (const oldest of entries.keys()) {
        if (entries.size <= mostEntries && total <= mostWeight) break;
        remove(oldest);
      }
    },
    size: () => entries.size,
  };
}
