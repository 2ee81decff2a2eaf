import { useQueries } from '@tanstack/react-query';
import { endpointQuery } from '#client/api/use-endpoint.ts';
import { useRange } from '#client/ui/grid/use-range.ts';
import { groupAlerts, listAlerts } from '#shared/api/alerts.ts';
import { filterOf, type QueueSearch } from '../queue-search.ts';
import { alertRow, pathOf, type QueueRow } from './queue-row.ts';
import { lineCount, type Section, sectionAt, sectionsOf } from './sections.ts';
import { BLOCK } from './use-queue.ts';

const MOST_GROUPS = 500;
const SEPARATOR = '\u001f';

/** The queue as groups: lists of groups for what is unfolded, alerts in blocks as they come into sight. */
export function useGrouped(search: QueueSearch) {
  const { group: fields, groupOrder, unfolded } = search;
  const filter = filterOf(search);
  const { range, onRange } = useRange();
  const within = (conditions: readonly string[]) => ({ ...filter, only: [...(filter.only ?? []), ...conditions] });

  const paths =
    fields.length === 0 ? [] : ['', ...(fields.length > 1 ? unfolded.filter((path) => isOuter(path, fields[0])) : [])];
  const lists = useQueries({
    queries: paths.map((path) => {
      const conditions = path === '' ? [] : [path];
      const by = fields[conditions.length] ?? 'rule';
      const query = { ...within(conditions), by, order: groupOrder, limit: MOST_GROUPS };
      return endpointQuery(groupAlerts, { query }, { calm: true });
    }),
  });
  const byPath = new Map(paths.map((path, index) => [path, lists[index]?.data]));
  const sections = sectionsOf(fields, new Set(unfolded), (conditions) => byPath.get(conditions.join(SEPARATOR)));

  const wanted = blocksIn(sections, range.first, range.last);
  const blocks = useQueries({
    queries: wanted.map(({ section, block }) => {
      const { sort, direction } = search;
      const query = { ...within(section.within), sort, direction, offset: block * BLOCK, limit: BLOCK };
      return endpointQuery(listAlerts, { query }, { calm: true });
    }),
  });
  const alerts = new Map(
    wanted.map(({ section, block }, index) => [`${pathOf(section.within)}\n${block}`, blocks[index]?.data?.alerts]),
  );
  const rowAt = (index: number): QueueRow | undefined => {
    const section = sectionAt(sections, index);
    if (!section) return undefined;
    if (section.kind === 'row') return section.row;
    const at = index - section.start;
    const alert = alerts.get(`${pathOf(section.within)}\n${Math.floor(at / BLOCK)}`)?.[at % BLOCK];
    return alert && alertRow(alert, section.within);
  };
  return { count: lineCount(sections), loaded: byPath.get('') !== undefined, rowAt, onRange };
}

const isOuter = (path: string, field: string | undefined): boolean =>
  path.startsWith(`${field}:`) && !path.includes(SEPARATOR);

type Alerts = Extract<Section, { kind: 'alerts' }>;

/** Blocks of alerts between two lines. */
function blocksIn(sections: readonly Section[], first: number, last: number) {
  const found: { readonly section: Alerts; readonly block: number }[] = [];
  for (const section of sections) {
    if (section.kind !== 'alerts' || section.start > last || section.start + section.length <= first) continue;
    const from = Math.floor(Math.max(0, first - section.start) / BLOCK);
    const to = Math.floor(Math.min(section.length - 1, last - section.start) / BLOCK);
    for (let block = from; block <= to; block++) found.push({ section, block });
  }
  return found;
}
