import type { Mapping } from './mapping.ts';
import { mappingNamed } from './registry.ts';
import type { SessionCounts } from './session.ts';

/** What became of a file of foreign records, for its sender: a line a fact. */
export function describeMapped(source: Mapping, counts: SessionCounts): readonly string[] {
  const others = [...counts.eventsBy].filter(([name]) => name !== source.name);
  return [
    `Recognised as ${source.title}: ${counted(counts.events, 'event')}`,
    ...others.map(
      ([name, events]) => `${counted(events, 'event')} among them from ${mappingNamed(name)?.title ?? name}`,
    ),
    ...[...counts.skipped].map(([reason, records]) => `${counted(records, 'record')} skipped: ${reason}`),
    ...(counts.unknownParents > 0 ? [`${counted(counts.unknownParents, 'start')} without a known parent`] : []),
  ];
}

const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
