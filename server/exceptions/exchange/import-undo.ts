import * as z from 'zod';
import type { RuleBook } from '#server/alerts/rule-book.ts';
import { deleteListIn, readListIn, saveListIn } from '#server/exceptions/lists.ts';
import { deleteIn, replaceIn } from '#server/exceptions/records.ts';
import { exceptionOf } from '#server/exceptions/row.ts';
import { notFound } from '#server/refusal.ts';
import type { Author } from '#server/state/activity.ts';
import { newId } from '#server/state/ids.ts';
import { jsonColumn } from '#server/state/json-column.ts';
import type { State, StateTransaction } from '#server/state/open-state.ts';
import type { RuleEditor } from '#server/tuning/rule-editing.ts';
import { formatInstant } from '#shared/base/time.ts';
import { exceptionDraftSchema, listDraftSchema } from '#shared/exceptions/item.ts';
import type { Before, Outcome } from './import-lines.ts';

const changed = { id: z.string(), version: z.number().int() };
const beforeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rule'), id: z.string() }),
  z.object({ kind: z.literal('list'), ...changed, before: listDraftSchema.nullable() }),
  z.object({ kind: z.literal('item'), ...changed, before: exceptionDraftSchema.nullable() }),
]);
const beforeColumn = jsonColumn(z.array(beforeSchema));

/** Keeps what an import replaced, under a token that puts it back; null where it took nothing in. */
export async function keepImport(
  transaction: StateTransaction,
  author: Author,
  added: readonly string[],
  outcomes: readonly Outcome[],
): Promise<string | null> {
  const rules = added.map((id) => ({ kind: 'rule' as const, id }));
  const before = [...rules, ...outcomes.flatMap((outcome) => outcome.before ?? [])];
  if (before.length === 0) return null;
  const id = newId(author.now);
  const row = { id, at: formatInstant(author.now), actor: author.actor, before: beforeColumn.write(before) };
  await transaction.insertInto('exceptionImports').values(row).execute();
  return id;
}

/** Puts back what an import added or replaced; what somebody has changed since stays as it is. */
export async function putBack(
  { state, author, rules, ruleEditor }: PutBackContext,
  token: string,
): Promise<{ restored: number; skipped: number }> {
  let restored = 0;
  const changes = await state.transaction().execute(async (transaction) => {
    const taken = await takeImport(transaction, token);
    // Items first: a list with items in it stays.
    for (const one of taken.toReversed()) {
      if (one.kind === 'item' && (await putItemBack(transaction, author, one))) restored += 1;
      if (one.kind === 'list' && (await putListBack(transaction, author, one))) restored += 1;
    }
    return taken;
  });
  for (const { id } of changes.filter(({ kind }) => kind === 'rule')) {
    if (rules.find(id)?.custom?.version !== FIRST) continue;
    await ruleEditor.takeBack(author, id, WHY);
    restored += 1;
  }
  return { restored, skipped: changes.length - restored };
}

interface PutBackContext {
  readonly state: State;
  readonly author: Author;
  readonly rules: RuleBook;
  readonly ruleEditor: Pick<RuleEditor, 'takeBack'>;
}

/** Of a rule that nobody has changed. */
const FIRST = 1;

/** What an import replaced; nobody can put it back a second time. */
async function takeImport(transaction: StateTransaction, token: string): Promise<z.output<typeof beforeSchema>[]> {
  const row = await transaction
    .deleteFrom('exceptionImports')
    .where('id', '=', token)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw notFound('import');
  return beforeColumn.read(row.before);
}

const WHY = 'The import was put back.';

async function putItemBack(
  transaction: StateTransaction,
  author: Author,
  { id, version, before }: Before & { readonly kind: 'item' },
): Promise<boolean> {
  const row = await transaction.selectFrom('exceptions').selectAll().where('id', '=', id).executeTakeFirst();
  if (row?.version !== version) return false;
  if (before === null) await deleteIn(transaction, author, id, WHY);
  else await replaceIn(transaction, author, exceptionOf(row), exceptionDraftSchema.parse(before), WHY);
  return true;
}

async function putListBack(
  transaction: StateTransaction,
  author: Author,
  { id, version, before }: Before,
): Promise<boolean> {
  const present = await readListIn(transaction, id);
  if (present?.version !== version) return false;
  if (before !== null) await saveListIn(transaction, author, listDraftSchema.parse(before), version);
  else {
    const item = await transaction.selectFrom('exceptions').select('id').where('list', '=', id).executeTakeFirst();
    if (item) return false;
    await deleteListIn(transaction, author, id);
  }
  return true;
}
