import { parseSearch, stringifySearch } from '#client/stores/url/search-params.ts';
import { type QueueSearch, queueDefaults, queueSearchSchema } from '../queue-search.ts';

/** What is open beside the queue belongs to a link, not to a view. */
const NOT_KEPT = ['open', 'tab', 'step', 'view'] as const;

/** What a view keeps of the queue's URL: its members that differ from the usual, in one order. */
export function viewState(search: QueueSearch): string {
  const kept = Object.entries(search).filter(
    ([name, value]) =>
      !NOT_KEPT.some((other) => other === name) &&
      JSON.stringify(value) !== JSON.stringify(queueDefaults[name as keyof QueueSearch]),
  );
  kept.sort(([left], [right]) => (left < right ? -1 : 1));
  return stringifySearch(Object.fromEntries(kept)).slice(1);
}

/** The search that a view stands for. An old view falls back member by member, as an old link does. */
export const searchOfView = (id: string, state: string): QueueSearch =>
  queueSearchSchema.parse({ ...parseSearch(`?${state}`), view: id });
