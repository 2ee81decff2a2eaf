import type * as z from 'zod';
import { type ActivityEntry, type Author, recordActivity } from '#server/state/activity.ts';
import { chunksOf } from '#server/state/chunks.ts';
import { newId } from '#server/state/ids.ts';
import type { State, StateTransaction } from '#server/state/open-state.ts';
import type { changeAlerts, undoChange } from '#shared/api/alert-changes.ts';
import { formatInstant } from '#shared/base/time.ts';
import { meets } from './filter.ts';
import { namesColumn, statusOf, verdictOf } from './row.ts';
import { keepUndo, takeUndo, type UndoEntry } from './undo.ts';
import { changed, describeChange, ensurePossible, sameWorkflow, type Workflow } from './workflow.ts';
import { type WorkflowWrite, writeWorkflows } from './write-workflows.ts';

type ChangeRequest = z.output<typeof changeAlerts.body>;
type Selection = ChangeRequest['selection'];

interface Selected {
  readonly id: string;
  readonly version: number;
  readonly workflow: Workflow;
}

/**
 * Changes alerts, all or none. Alerts that already are as asked are left alone and not counted. The token takes the
 * change back for ten minutes.
 */
export function changeSelected(
  state: State,
  author: Author,
  { selection, change }: ChangeRequest,
): Promise<z.output<typeof changeAlerts.response>> {
  ensurePossible(change);
  return state.transaction().execute(async (transaction) => {
    const writes: WorkflowWrite[] = [];
    const activity: ActivityEntry[] = [];
    for (const { id, workflow: before } of await select(transaction, selection)) {
      const after = changed(before, change);
      if (sameWorkflow(before, after) && change.note === undefined) continue;
      writes.push({ id, before, after });
      const noted = change.note === undefined ? [] : [{ action: 'note', detail: 'added a note' }];
      const events = [...describeChange(before, after), ...noted];
      activity.push(...events.map((event) => ({ subject: 'alert' as const, subjectId: id, ...event })));
    }
    const versions = await writeWorkflows(transaction, author, writes);
    const notes = change.note === undefined ? [] : await addNotes(transaction, author, writes, change.note);
    await recordActivity(transaction, author, activity);
    const entries = writes.map(
      ({ id, before }, index): UndoEntry => ({
        alert: id,
        version: versions.get(id) ?? 0,
        before,
        note: notes[index] ?? null,
      }),
    );
    return { changed: entries.length, undo: await keepUndo(transaction, author, entries) };
  });
}

/** Takes a change back on every alert that has not been changed since. */
export function undo(state: State, author: Author, token: string): Promise<z.output<typeof undoChange.response>> {
  return state.transaction().execute(async (transaction) => {
    const entries = await takeUndo(transaction, author.now, token);
    const ids = entries.map((entry) => entry.alert);
    const present = new Map((await selectIds(transaction, ids)).map((alert) => [alert.id, alert]));
    const writes: WorkflowWrite[] = [];
    const notes: string[] = [];
    const activity: ActivityEntry[] = [];
    for (const entry of entries) {
      const alert = present.get(entry.alert);
      if (alert?.version !== entry.version) continue;
      writes.push({ id: alert.id, before: alert.workflow, after: entry.before });
      if (entry.note !== null) notes.push(entry.note);
      activity.push({ subject: 'alert', subjectId: alert.id, action: 'undo', detail: undoDetail(alert, entry) });
    }
    await writeWorkflows(transaction, author, writes);
    for (const chunk of chunksOf(notes)) await transaction.deleteFrom('notes').where('id', 'in', chunk).execute();
    await recordActivity(transaction, author, activity);
    return { restored: activity.length, skipped: entries.length - activity.length };
  });
}

function undoDetail(alert: Selected, entry: UndoEntry): string {
  const events = describeChange(alert.workflow, entry.before).map((event) => event.detail);
  return [...events, ...(entry.note === null ? [] : ['took a note back'])].join(', ');
}

const SELECTED = ['id', 'version', 'status', 'verdict', 'assignee', 'tags'] as const;

async function select(transaction: StateTransaction, selection: Selection): Promise<Selected[]> {
  if ('ids' in selection) return selectIds(transaction, [...new Set(selection.ids)]);
  const except = new Set(selection.except);
  const rows = await transaction.selectFrom('alerts').select(SELECTED).where(meets(selection.filter)).execute();
  return rows.filter((row) => !except.has(row.id)).map(selectedOf);
}

async function selectIds(transaction: StateTransaction, ids: readonly string[]): Promise<Selected[]> {
  const selected: Selected[] = [];
  for (const chunk of chunksOf(ids)) {
    const rows = await transaction.selectFrom('alerts').select(SELECTED).where('id', 'in', chunk).execute();
    selected.push(...rows.map(selectedOf));
  }
  return selected;
}

const selectedOf = (row: {
  id: string;
  version: number;
  status: string;
  verdict: string | null;
  assignee: string | null;
  tags: string;
}): Selected => ({
  id: row.id,
  version: row.version,
  workflow: {
    status: statusOf(row.status),
    verdict: verdictOf(row.verdict),
    assignee: row.assignee,
    tags: namesColumn.read(row.tags),
  },
});

/** The same note on every alert; the ids in the order of the alerts. */
async function addNotes(
  transaction: StateTransaction,
  author: Author,
  alerts: readonly { readonly id: string }[],
  text: string,
): Promise<string[]> {
  const at = formatInstant(author.now);
  const notes = alerts.map((alert) => ({ id: newId(author.now), alertId: alert.id, at, author: author.actor, text }));
  for (const chunk of chunksOf(notes)) await transaction.insertInto('notes').values(chunk).execute();
  return notes.map(({ id }) => id);
}
