import { type AlertField, writeCondition } from '#shared/api/alert-filter.ts';
import type { AlertGroup } from '#shared/api/alerts.ts';
import { pathOf, type QueueRow } from './queue-row.ts';

/** A stretch of lines: one that is known, or the alerts of a group that are read as they come into sight. */
export type Section =
  | { readonly kind: 'row'; readonly start: number; readonly length: 1; readonly row: QueueRow }
  | { readonly kind: 'alerts'; readonly start: number; readonly length: number; readonly within: readonly string[] };

export interface Listed {
  readonly groups: readonly AlertGroup[];
  readonly total: number;
}

/**
 * The lines of a grouped queue in order: groups, below an unfolded one its groups or alerts.
 * @param listed groups below these conditions; undefined while they are being read
 */
export function sectionsOf(
  fields: readonly AlertField[],
  unfolded: ReadonlySet<string>,
  listed: (within: readonly string[]) => Listed | undefined,
): readonly Section[] {
  const sections: Section[] = [];
  let start = 0;
  const add = (row: QueueRow): void => {
    sections.push({ kind: 'row', start, length: 1, row });
    start += 1;
  };
  const below = (above: readonly string[]): void => {
    const found = listed(above);
    const [field, ...deeper] = fields.slice(above.length);
    if (!found || field === undefined) return;
    const level = above.length + 1;
    for (const group of found.groups) {
      const within = [...above, writeCondition({ field, value: group.value })];
      const open = unfolded.has(pathOf(within));
      add({ kind: 'group', field, group, level, within, unfolded: open });
      if (open && deeper.length > 0) below(within);
      else if (open) {
        sections.push({ kind: 'alerts', start, length: group.alerts, within });
        start += group.alerts;
      }
    }
    const rest = found.total - found.groups.length;
    if (rest > 0) add({ kind: 'rest', groups: rest, level, within: above });
  };
  below([]);
  return sections;
}

/** The section that a line is in. */
export function sectionAt(sections: readonly Section[], index: number): Section | undefined {
  let [low, high] = [0, sections.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const section = sections[middle];
    if (!section) return undefined;
    if (index < section.start) high = middle - 1;
    else if (index >= section.start + section.length) low = middle + 1;
    else return section;
  }
  return undefined;
}

export const lineCount = (sections: readonly Section[]): number => {
  const last = sections.at(-1);
  return last ? last.start + last.length : 0;
};
