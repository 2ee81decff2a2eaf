import type { z } from 'zod';
import { type ActivityEntry, type Author, recordActivity } from '#server/state/activity.ts';
import { chunksOf } from '#server/state/chunks.ts';
import { newId } from '#server/state/ids.ts';
import type { State, StateTransaction } from '#server/state/open-state.ts';
import type { changeAlerts, undoChange } from '#shared/api/alerts.ts';
import { formatInstant } from '#shared/base/time.ts';
import { meets } from './filter.ts';
import { statusOf, verdictOf } from './row.ts';
import { keepUndo, takeUndo, type UndoEntry } from './undo.ts';
import { changed, describeChange, ensurePossible, sameWorkflow, type Workflow } from './workflow.ts';

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
    const entries: UndoEntry[] = [];
    const activity: ActivityEntry[] = [];
    for (const alert of await select(transaction, selection)) {
      const after = changed(alert.workflow, change);
      if (sameWorkflow(alert.workflow, after) && change.note === undefined) continue;
      const note = change.note === undefined ? null : await addNote(transaction, author, alert.id, change.note);
      await writeWorkflow(transaction, author, alert.id, after, alert.version + 1);
      entries.push({ alert: alert.id, version: alert.version + 1, before: alert.workflow, note });
      const noted = note === null ? [] : [{ action: 'note', detail: 'added a note' }];
      const events = [...describeChange(alert.workflow, after), ...noted];
      activity.push(...events.map((event) => ({ subject: 'alert' as const, subjectId: alert.id, ...event })));
    }
    await recordActivity(transaction, author, activity);
    return { changed: entries.length, undo: await keepUndo(transaction, author, entries) };
  });
}

/** Takes a change back on every alert that has not been changed since. */
export function undo(state: State, author: Author, token: string): Promise<z.output<typeof undoChange.response>> {
  return state.transaction().execute(async (transaction) => {
    const entries = await takeUndo(transaction, author.now, token);
    const present = new Map(
      (
        await selectIds(
          transaction,
          entries.map((entry) => entry.alert),
        )
      ).map((alert) => [alert.id, alert]),
    );
    const activity: ActivityEntry[] = [];
    for (const entry of entries) {
      const alert = present.get(entry.alert);
      if (alert?.version !== entry.version) continue;
      await writeWorkflow(transaction, author, alert.id, entry.before, alert.version + 1);
      if (entry.note !== null) await transaction.deleteFrom('notes').where('id', '=', entry.note).execute();
      activity.push({ subject: 'alert', subjectId: alert.id, action: 'undo', detail: undoDetail(alert, entry) });
    }
    await recordActivity(transaction, author, activity);
    return { restored: activity.length, skipped: entries.length - activity.length };
  });
}

function undoDetail(alert: Selected, entry: UndoEntry): string {
  const events = describeChange(alert.workflow, entry.before).map((event) => event.detail);
  return [...events, ...(entry.note === null ? [] : ['took a note back'])].join(', ');
}

async function select(transaction: StateTransaction, selection: Selection): Promise<Selected[]> {
  if ('ids' in selection) return selectIds(transaction, [...new Set(selection.ids)]);
  const except = new Set(selection.except);
  const rows = await transaction
    .selectFrom('alerts')
    .select(['id', 'version', 'status', 'verdict', 'assignee'])
    .where(meets(selection.filter))
    .execute();
  return rows.filter((row) => !except.has(row.id)).map(selectedOf);
}

async function selectIds(transaction: StateTransaction, ids: readonly string[]): Promise<Selected[]> {
  const selected: Selected[] = [];
  for (const chunk of chunksOf(ids)) {
    const rows = await transaction
      .selectFrom('alerts')
      .select(['id', 'version', 'status', 'verdict', 'assignee'])
      .where('id', 'in', chunk)
      .execute();
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
}): Selected => ({
  id: row.id,
  version: row.version,
  workflow: { status: statusOf(row.status), verdict: verdictOf(row.verdict), assignee: row.assignee },
});

async function writeWorkflow(
  transaction: StateTransaction,
  author: Author,
  id: string,
  workflow: Workflow,
  version: number,
): Promise<void> {
  await transaction
    .updateTable('alerts')
    .set({ ...workflow, version, updatedAt: formatInstant(author.now) })
    .where('id', '=', id)
    .execute();
}

async function addNote(transaction: StateTransaction, author: Author, alertId: string, text: string): Promise<string> {
  const id = newId(author.now);
  const note = { id, alertId, at: formatInstant(author.now), author: author.actor, text };
  await transaction.insertInto('notes').values(note).execute();
  return id;
}
