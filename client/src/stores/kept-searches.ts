import * as z from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

const asked = z.object({ language: z.enum(['kql', 'esql']), query: z.string().max(20_000) });
export type AskedQuery = z.infer<typeof asked>;

const kept = asked.extend({
  id: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type KeptSearch = z.infer<typeof kept>;

const schema = z.object({
  /** Newest first. */
  recent: z.array(asked).catch([]),
  /** Searches saved in this browser only. */
  own: z.array(kept).catch([]),
});

type Kept = z.infer<typeof schema>;

const MOST_RECENT = 20;

/** Queries asked and searches saved in this browser. */
export const useKeptSearches = create<Kept>()(
  persist(() => schema.parse({}), {
    name: 'oddspawn-searches',
    merge: (stored) => schema.parse(typeof stored === 'object' && stored !== null ? stored : {}),
  }),
);

function change(next: (now: Kept) => Kept): void {
  useKeptSearches.setState(next);
}

export function rememberQuery(query: AskedQuery): void {
  if (query.query.trim() === '') return;
  change(({ recent, own }) => ({
    recent: [query, ...recent.filter((other) => other.query !== query.query)].slice(0, MOST_RECENT),
    own,
  }));
}

export const forgetQueries = (): void => change(({ own }) => ({ recent: [], own }));

export const keepSearch = (search: KeptSearch): void =>
  change(({ recent, own }) => ({ recent, own: [...own.filter(({ id }) => id !== search.id), search] }));

export const dropSearch = (id: string): void =>
  change(({ recent, own }) => ({ recent, own: own.filter((search) => search.id !== id) }));
