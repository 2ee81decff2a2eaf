import { type Instant, MINUTE } from '#shared/base/time.ts';

/** Failed attempts of one address within a minute, after which it is not listened to. */
const MOST_FAILURES = 20;
/** Addresses remembered at once; beyond, the oldest are forgotten. */
const MOST_ADDRESSES = 10_000;

/** Slows down whoever guesses keys. A right key always passes: nobody can lock out a sender behind the same address. */
export interface Attempts {
  readonly failed: (address: string) => void;
  /** Whether an address has failed so often that a further failure is not even answered in detail. */
  readonly isTooMany: (address: string) => boolean;
}

export function openAttempts(clock: () => Instant): Attempts {
  const failures = new Map<string, { count: number; readonly since: Instant }>();
  const present = (address: string) => {
    const known = failures.get(address);
    return known && clock() - known.since < MINUTE ? known : undefined;
  };
  return {
    failed(address) {
      const known = present(address);
      if (known) {
        known.count += 1;
        return;
      }
      failures.delete(address);
      failures.set(address, { count: 1, since: clock() });
      const [oldest] = failures.size > MOST_ADDRESSES ? failures.keys() : [];
      if (oldest !== undefined) failures.delete(oldest);
    },
    isTooMany: (address) => (present(address)?.count ?? 0) >= MOST_FAILURES,
  };
}
