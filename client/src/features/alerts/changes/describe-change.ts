import { VERDICT_WORDS } from '#client/format/words.ts';
import type { AlertChange } from '#shared/api/alert-changes.ts';

/** `closed as benign`, `assigned to ana`: what a change did, after "3 alerts". */
export function describeChange({ status, verdict, assignee, note, addTags, removeTags }: AlertChange): string {
  const parts: string[] = [];
  if (status === 'closed') parts.push(verdict ? `closed as ${VERDICT_WORDS[verdict].toLowerCase()}` : 'closed');
  else if (status === 'acknowledged') parts.push('acknowledged');
  else if (status === 'open') parts.push('reopened');
  if (assignee !== undefined) parts.push(assignee === null ? 'unassigned' : `assigned to ${assignee}`);
  if (addTags) parts.push(`tagged ${addTags.join(', ')}`);
  if (removeTags) parts.push(`no longer tagged ${removeTags.join(', ')}`);
  if (note !== undefined) parts.push('noted');
  return parts.join(', ') || 'changed';
}
