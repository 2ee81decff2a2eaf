import { plural } from '#shared/base/counts.ts';
import type { Mapping } from './mapping.ts';
import { mappingNamed } from './registry.ts';
import type { SessionCounts } from './session.ts';

/** What became of a file of foreign records, for its sender: a line a fact. */
export function describeMapped(source: Mapping, counts: SessionCounts): readonly string[] {
  const others = [...counts.eventsBy].filter(([name]) => name !== source.name);
  return [
    `Recognised as ${source.title}: ${plural(counts.events, 'event')}`,
    ...others.map(
      ([name, events]) => `${plural(events, 'event')} among them from ${mappingNamed(name)?.title ?? name}`,
    ),
    ...[...counts.skipped].map(([reason, records]) => `${plural(records, 'record')} skipped: ${reason}`),
    ...(counts.unknownParents > 0 ? [`${plural(counts.unknownParents, 'start')} without a known parent`] : []),
  ];
}
