import { cellText } from '#client/format/cell.ts';
import type { GridColumn } from '#client/ui/grid/grid-column.ts';
import { Tag } from '#client/ui/marks.tsx';
import { Absent, Mono } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { formatCount } from '#shared/base/counts.ts';
import type { RarityGroup } from '#shared/rarity/rarity.ts';
import { isInside, isJustOutside, type Thresholds } from '#shared/rarity/thresholds.ts';

export const groupId = (group: RarityGroup): string => JSON.stringify(group.keys);

/** The keys of the groups as columns, then their numbers. */
export function groupColumns(
  groups: readonly RarityGroup[],
  thresholds: Thresholds,
): readonly GridColumn<RarityGroup>[] {
  const names = Object.keys(groups[0]?.keys ?? {});
  return [
    {
      id: 'alerting',
      header: 'Result',
      width: '98px',
      cell: (group) =>
        isInside(group, thresholds) ? (
          <Tag tone="high">alerts</Tag>
        ) : isJustOutside(group, thresholds) ? (
          <Tag tone="medium">just outside</Tag>
        ) : (
          <span className="dim">no alert</span>
        ),
    },
    { id: 'count', header: 'Events', width: '72px', align: 'right', cell: ({ count }) => formatCount(count) },
    { id: 'hosts', header: 'Hosts', width: '56px', align: 'right', cell: ({ hosts }) => formatCount(hosts) },
    ...names.map(
      (name): GridColumn<RarityGroup> => ({
        id: name,
        header: name,
        width: name.endsWith('command_line') ? 'minmax(220px, 4fr)' : 'minmax(110px, 1.4fr)',
        cell: ({ keys }) => <Mono text={cellText(keys[name])} absent="no value" />,
      }),
    ),
    {
      id: 'hostNames',
      header: 'host.name',
      width: 'minmax(90px, 1fr)',
      cell: ({ hostNames }) => <Names names={hostNames} words="no host" />,
    },
    {
      id: 'users',
      header: 'user.name',
      width: 'minmax(80px, 1fr)',
      cell: ({ users }) => <Names names={users} words="no user" />,
    },
    { id: 'firstSeen', header: 'First seen', width: '144px', cell: ({ firstSeen }) => <TimeText iso={firstSeen} /> },
    { id: 'lastSeen', header: 'Last seen', width: '144px', cell: ({ lastSeen }) => <TimeText iso={lastSeen} /> },
  ];
}

function Names({ names, words }: { readonly names: readonly string[]; readonly words: string }) {
  return names.length === 0 ? <Absent words={words} /> : <Mono text={names.join(', ')} />;
}
