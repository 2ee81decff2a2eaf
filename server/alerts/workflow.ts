import { Refusal } from '#server/refusal.ts';
import type { AlertStatus, Verdict } from '#shared/alert/alert.ts';
import type { AlertChange } from '#shared/api/alert-changes.ts';
import { compareText } from '#shared/base/text.ts';

/** What analysts change on an alert. */
export interface Workflow {
  readonly status: AlertStatus;
  readonly verdict: Verdict | null;
  readonly assignee: string | null;
  /** Sorted by code point. */
  readonly tags: readonly string[];
}

/** One line of the activity log. */
export interface WorkflowEvent {
  readonly action: 'status' | 'verdict' | 'assignee' | 'tags' | 'note';
  readonly detail: string;
}

/** A change that can be made to no alert at all is refused before any is looked at. */
export function ensurePossible(change: AlertChange): void {
  const { status, verdict } = change;
  if (Object.values(change).every((member) => member === undefined)) {
    throw new Refusal('invalid-request', 'The change is empty.');
  }
  if (verdict != null && status !== undefined && status !== 'closed') throw verdictNeedsClosing();
}

const verdictNeedsClosing = (): Refusal =>
  new Refusal('invalid-request', 'Only a closed alert has a verdict.', {
    remedy: 'Close the alert with the verdict.',
    details: [{ path: 'change.verdict', message: 'needs status closed' }],
  });

/**
 * The workflow after a change: an alert that is not closed has no verdict, so reopening clears it (the activity log keeps
 * it), and closing without one leaves it undecided.
 */
export function changed(before: Workflow, change: AlertChange): Workflow {
  const status = change.status ?? before.status;
  if (change.verdict != null && status !== 'closed') throw verdictNeedsClosing();
  const verdict = change.verdict === undefined ? before.verdict : change.verdict;
  return {
    status,
    verdict: status === 'closed' ? verdict : null,
    assignee: change.assignee === undefined ? before.assignee : change.assignee,
    tags: changedTags(before.tags, change),
  };
}

/** A tag that is both added and removed stays. */
function changedTags(before: readonly string[], { addTags = [], removeTags = [] }: AlertChange): readonly string[] {
  if (addTags.length + removeTags.length === 0) return before;
  const kept = before.filter((tag) => !removeTags.includes(tag));
  return [...new Set([...kept, ...addTags])].sort(compareText);
}

const sameTags = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((tag, at) => tag === right[at]);

export const sameWorkflow = (left: Workflow, right: Workflow): boolean =>
  left.status === right.status &&
  left.verdict === right.verdict &&
  left.assignee === right.assignee &&
  sameTags(left.tags, right.tags);

const named = (status: AlertStatus, verdict: Verdict | null): string => (verdict ? `${status} (${verdict})` : status);

/** What the activity log says of a change: `open → closed (benign)`. */
export function describeChange(before: Workflow, after: Workflow): WorkflowEvent[] {
  const events: WorkflowEvent[] = [];
  if (before.status !== after.status) {
    const detail = `${named(before.status, before.verdict)} → ${named(after.status, after.verdict)}`;
    events.push({ action: 'status', detail });
  } else if (before.verdict !== after.verdict) {
    events.push({ action: 'verdict', detail: `${before.verdict ?? 'none'} → ${after.verdict ?? 'none'}` });
  }
  if (before.assignee !== after.assignee) {
    events.push({ action: 'assignee', detail: `${before.assignee ?? 'nobody'} → ${after.assignee ?? 'nobody'}` });
  }
  const tags = [
    ...after.tags.filter((tag) => !before.tags.includes(tag)).map((tag) => `+${tag}`),
    ...before.tags.filter((tag) => !after.tags.includes(tag)).map((tag) => `−${tag}`),
  ];
  if (tags.length > 0) events.push({ action: 'tags', detail: tags.join(', ') });
  return events;
}
