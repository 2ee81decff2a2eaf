import type { StateReader } from '#server/state/open-state.ts';
import type { Instant } from '#shared/base/time.ts';
import { writeKibanaLists } from '#shared/exceptions/kibana-ndjson.ts';
import { isExpired } from '#shared/rule/exceptions-in-force.ts';
import { readLists } from './lists.ts';
import { readExceptions } from './records.ts';

/** All lists and items in Kibana's NDJSON, and what Kibana would make of them that this console does not. */
export async function exportKibana(
  state: StateReader,
  now: Instant,
  withExpired: boolean,
): Promise<{ text: string; notes: string[] }> {
  const [lists, all] = await Promise.all([readLists(state), readExceptions(state)]);
  const items = all.filter((exception) => withExpired || !isExpired(exception, now));
  const onResults = items.filter(({ stage }) => stage === 'result').length;
  const off = items.filter(({ enabled }) => !enabled).length;
  return {
    text: writeKibanaLists(lists, items),
    notes: [
      ...(onResults > 0 ? [`${onResults} act on results: Kibana applies them to events, before it counts.`] : []),
      ...(off > 0 ? [`${off} are switched off: Kibana has no such switch, and applies them.`] : []),
      ...(items.some(({ entries }) => entries.some(({ type }) => type === 'list'))
        ? ['Lists of values are not in the file: import their texts into Kibana first.']
        : []),
    ],
  };
}
