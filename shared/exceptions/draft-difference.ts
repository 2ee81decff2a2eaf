import type { ExceptionDraft } from './item.ts';
import { entrySentence } from './sentence.ts';

/** A line of a draft that a change took away, or brought. */
export interface ChangedLine {
  readonly kind: 'gone' | 'come';
  readonly text: string;
}

/** What a change of an exception changed, line by line: what is gone first. */
export function draftDifference(before: ExceptionDraft, after: ExceptionDraft): readonly ChangedLine[] {
  const [left, right] = [linesOf(before), linesOf(after)];
  return [
    ...left.filter((line) => !right.includes(line)).map((text): ChangedLine => ({ kind: 'gone', text })),
    ...right.filter((line) => !left.includes(line)).map((text): ChangedLine => ({ kind: 'come', text })),
  ];
}

/** A draft as lines of which each can change by itself. */
function linesOf(draft: ExceptionDraft): readonly string[] {
  const { rule, list, name, reason, stage, entries, osTypes, tags, enabled, expiresAt, cases } = draft;
  return [
    `name: ${name}`,
    rule === null ? `in the list ${list}` : `for the rule ${rule}`,
    `acts on ${stage === 'event' ? 'events' : 'results'}`,
    ...entries.map(entrySentence),
    ...(osTypes.length > 0 ? [`only on ${osTypes.join(', ')}`] : []),
    ...(tags.length > 0 ? [`tags: ${tags.join(', ')}`] : []),
    enabled ? 'switched on' : 'switched off',
    expiresAt === null ? 'never expires' : `expires ${expiresAt}`,
    ...cases.map((one) => `must keep alerting: ${one.name}`),
    `reason: ${reason}`,
  ];
}
