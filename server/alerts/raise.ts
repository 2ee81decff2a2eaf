import { type Folding, foldDrafts } from '#server/rules/fold.ts';
import { keysId, occurrenceId } from '#server/rules/identity.ts';
import { type ActivityEntry, type Author, recordActivity } from '#server/state/activity.ts';
import { chunksOf } from '#server/state/chunks.ts';
import type { StateTransaction } from '#server/state/open-state.ts';
import type { OccurrenceTable } from '#server/state/tables/alerts.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { must } from '#shared/base/assert.ts';
import { formatInstant } from '#shared/base/time.ts';
import type { Rule } from '#shared/rule/rule.ts';
import { cellsColumn, namesColumn } from './row.ts';
import { type AlertRow, cellsOf, joinAlert, newAlert, type WorkingAlert } from './working-alert.ts';

/** What became of the drafts of one rule. */
export interface Raised {
  /** New alerts. */
  readonly raised: number;
  /** Further occurrences of alerts that were open. */
  readonly recurred: number;
}

/**
 * Turns what runs of one rule found into alerts. The same keys join the alert about them that is still being worked on
 * (open or acknowledged), else raise a new one. An occurrence that is known changes nothing, also where its alert is
 * closed: a run or a replay can be repeated at will.
 */
export async function raiseAlerts(
  transaction: StateTransaction,
  author: Author,
  rule: Rule,
  drafts: readonly AlertDraft[],
): Promise<Raised> {
  const known = await knownOccurrences(transaction, drafts);
  const active = await activeAlerts(transaction, drafts);
  const foldings = foldDrafts(drafts, {
    hasOccurrence: (id) => known.has(id),
    openAlert: (keys) => active.get(keys)?.id ?? null,
  });
  const at = formatInstant(author.now);
  const touched = new Map<string, WorkingAlert>();
  for (const { kind, alert, keys, draft } of foldings) {
    const present = touched.get(alert) ?? presentAlert(active.get(keys));
    if (kind === 'raise') touched.set(alert, newAlert(draft, rule, alert, keys, at));
    else touched.set(alert, joinAlert(must(present, 'alert to join'), draft, at));
  }
  const alerts = [...touched.values()];
  await writeAlerts(transaction, alerts);
  await writeOccurrences(transaction, foldings, at);
  await recordActivity(transaction, author, alerts.flatMap(activityOf));
  return {
    raised: alerts.filter((alert) => alert.isNew).length,
    recurred: alerts.reduce((sum, alert) => sum + alert.joined, 0),
  };
}

const presentAlert = (row: AlertRow | undefined): WorkingAlert | undefined => row && { row, isNew: false, joined: 0 };

async function knownOccurrences(
  transaction: StateTransaction,
  drafts: readonly AlertDraft[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const chunk of chunksOf([...new Set(drafts.map((draft) => occurrenceId(draft)))])) {
    const rows = await transaction.selectFrom('occurrences').select('id').where('id', 'in', chunk).execute();
    for (const row of rows) known.add(row.id);
  }
  return known;
}

/** The alerts that are being worked on, by the digest of their keys; of several, the one raised last. */
async function activeAlerts(
  transaction: StateTransaction,
  drafts: readonly AlertDraft[],
): Promise<ReadonlyMap<string, AlertRow>> {
  const active = new Map<string, AlertRow>();
  for (const chunk of chunksOf([...new Set(drafts.map(keysId))])) {
    const rows = await transaction
      .selectFrom('alerts')
      .selectAll()
      .where('keysDigest', 'in', chunk)
      .where('status', '!=', 'closed')
      .orderBy('raisedAt')
      .orderBy('id')
      .execute();
    for (const row of rows) active.set(row.keysDigest, row);
  }
  return active;
}

async function writeAlerts(transaction: StateTransaction, alerts: readonly WorkingAlert[]): Promise<void> {
  for (const chunk of chunksOf(alerts.filter((alert) => alert.isNew))) {
    await transaction
      .insertInto('alerts')
      .values(chunk.map((alert) => alert.row))
      .execute();
  }
  for (const { row } of alerts.filter((alert) => !alert.isNew && alert.joined > 0)) {
    const { columns, hosts, users, firstSeen, lastSeen, updatedAt, occurrenceCount, searchText } = row;
    await transaction
      .updateTable('alerts')
      .set({ columns, hosts, users, firstSeen, lastSeen, updatedAt, occurrenceCount, searchText })
      .where('id', '=', row.id)
      .execute();
  }
  const values = alerts.flatMap(({ row }) =>
    (['host', 'user'] as const).flatMap((kind) =>
      namesColumn.read(kind === 'host' ? row.hosts : row.users).map((value) => ({ alertId: row.id, kind, value })),
    ),
  );
  for (const chunk of chunksOf(values)) {
    await transaction
      .insertInto('alertValues')
      .values(chunk)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function writeOccurrences(
  transaction: StateTransaction,
  foldings: readonly Folding[],
  raisedAt: string,
): Promise<void> {
  for (const chunk of chunksOf(foldings)) {
    const rows = chunk.map((folding) => occurrenceRow(folding, raisedAt));
    await transaction.insertInto('occurrences').values(rows).execute();
  }
  const events = foldings.flatMap(({ alert, draft }) => draft.events.map((eventId) => ({ alertId: alert, eventId })));
  for (const chunk of chunksOf(events)) {
    await transaction
      .insertInto('alertEvents')
      .values(chunk)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const chunk of chunksOf([...new Set(foldings.map(({ alert }) => alert))])) await countEvents(transaction, chunk);
}

/** An event may contribute to several occurrences of an alert, and counts once. */
async function countEvents(transaction: StateTransaction, ids: readonly string[]): Promise<void> {
  await transaction
    .updateTable('alerts')
    .set((update) => ({
      eventCount: update
        .selectFrom('alertEvents')
        .select((count) => count.fn.countAll<number>().as('events'))
        .whereRef('alertEvents.alertId', '=', 'alerts.id'),
    }))
    .where('id', 'in', [...ids])
    .execute();
}

const occurrenceRow = ({ alert, occurrence, draft }: Folding, raisedAt: string): OccurrenceTable => ({
  id: occurrence,
  alertId: alert,
  tick: formatInstant(draft.tick),
  windowFrom: formatInstant(draft.window.from),
  windowTo: formatInstant(draft.window.to),
  firstSeen: formatInstant(draft.firstSeen),
  lastSeen: formatInstant(draft.lastSeen),
  columns: cellsColumn.write(cellsOf(draft.columns)),
  eventCount: draft.events.length,
  raisedAt,
});

function activityOf({ row, isNew, joined }: WorkingAlert): ActivityEntry[] {
  const entry = { subject: 'alert', subjectId: row.id } as const;
  const raised = isNew ? [{ ...entry, action: 'raised', detail: `raised by ${row.ruleName}` }] : [];
  const again =
    joined > 0
      ? [{ ...entry, action: 'recurred', detail: `${joined} more ${joined === 1 ? 'occurrence' : 'occurrences'}` }]
      : [];
  return [...raised, ...again];
}
