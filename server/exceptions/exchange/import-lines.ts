import type { RuleBook } from '#server/alerts/rule-book.ts';
import { readListIn, saveListIn } from '#server/exceptions/lists.ts';
import { insertInto, replaceIn } from '#server/exceptions/records.ts';
import { draftOf, exceptionOf } from '#server/exceptions/row.ts';
import type { Author } from '#server/state/activity.ts';
import { newId } from '#server/state/ids.ts';
import type { StateTransaction } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { ComingRule } from '#server/tuning/new-rules.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import type { ExceptionDraft, ExceptionListDraft } from '#shared/exceptions/item.ts';
import { ownerOf } from '#shared/exceptions/kibana-owner.ts';
import type { ImportedItem, KibanaLists } from '#shared/exceptions/read-kibana-lists.ts';
import type { ValueLists } from '#shared/exceptions/value-list.ts';

/** Where a file is taken in, and by whom. */
export interface ImportPlace {
  readonly store: EventStore;
  readonly rules: RuleBook;
  /** Rules that come with the file. */
  readonly coming: readonly ComingRule[];
  readonly author: Author;
}

export interface Taking extends ImportPlace {
  readonly transaction: StateTransaction;
  /** With the fields that the coming rules bring. */
  readonly catalogue: FieldCatalogue;
  readonly overwrite: boolean;
  readonly values: ValueLists;
  /** Fresh ids of lists, by those in the file. */
  readonly renamed: ReadonlyMap<string, string> | null;
}

/** What was there before, to put it back; null: nothing. */
export type Before =
  | { readonly kind: 'list'; readonly id: string; readonly version: number; readonly before: ExceptionListDraft | null }
  | { readonly kind: 'item'; readonly id: string; readonly version: number; readonly before: ExceptionDraft | null };

/** What became of a line. */
export interface Outcome {
  readonly line: number;
  readonly kind: 'list' | 'item';
  readonly name: string;
  readonly listId: string;
  readonly itemId?: string;
  readonly refusal?: { readonly status: number; readonly message: string };
  readonly isNew: boolean;
  /** Where it is now, in words. */
  readonly place: string;
  /** Why it cannot be applied as it stands. */
  readonly reasons?: readonly string[];
  readonly before?: Before;
}

const conflict = (kind: 'list_id' | 'item_id', id: string): NonNullable<Outcome['refusal']> => ({
  status: 409,
  message: `Found that ${kind}: "${id}" already exists. Import of ${kind}: "${id}" skipped.`,
});

export async function takeLists(taking: Taking, { lists, attached }: KibanaLists): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { line, list } of lists) {
    const named = new Set(attached.get(list.id) ?? []);
    outcomes.push({ line, kind: 'list', name: list.name, listId: list.id, ...(await takeList(taking, list, named)) });
  }
  return outcomes;
}

type Taken = Omit<Outcome, 'line' | 'kind' | 'name' | 'listId' | 'itemId'>;

async function takeList(
  { transaction, rules, coming, author, overwrite, renamed }: Taking,
  list: ExceptionListDraft,
  named: ReadonlySet<string>,
): Promise<Taken> {
  const id = renamed?.get(list.id) ?? list.id;
  // A rule's own exceptions need no list here.
  if (ownerOf(list.id) !== null && !renamed) return { isNew: false, place: `Of the rule ${ownerOf(list.id)}.` };
  const present = await readListIn(transaction, id);
  if (present && !overwrite) return { isNew: false, place: '', refusal: conflict('list_id', id) };
  const all = [...rules.all, ...coming].map(({ rule }) => rule);
  const linked = all.filter(({ ruleId }) => named.has(ruleId)).map(({ slug }) => slug);
  const known = list.rules.filter((slug) => rules.find(slug) !== undefined);
  const attachedTo = [...new Set([...known, ...linked])];
  const saved = await saveListIn(transaction, author, { ...list, id, rules: attachedTo }, present?.version ?? null);
  return {
    isNew: !present,
    place: attachedTo.length > 0 ? `Attached to ${attachedTo.join(', ')}.` : 'Attached to no rule here.',
    before: { kind: 'list', id, version: saved.version, before: present },
  };
}

export async function takeItems(taking: Taking, { items }: KibanaLists): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { line, item } of items) {
    const { listId, itemId, draft } = item;
    outcomes.push({ line, kind: 'item', name: draft.name, listId, itemId, ...(await takeItem(taking, item)) });
  }
  return outcomes;
}

async function takeItem(taking: Taking, item: ImportedItem): Promise<Taken> {
  const { transaction, author, overwrite, renamed } = taking;
  const place = await placeOf(taking, item);
  if (!place) {
    const message = `There is no list, or no rule, for list_id: "${item.listId}".`;
    return { isNew: true, place: '', refusal: { status: 404, message } };
  }
  const itemId = renamed ? newId(author.now) : item.itemId;
  const row = await transaction.selectFrom('exceptions').selectAll().where('itemId', '=', itemId).executeTakeFirst();
  if (row && !overwrite) return { isNew: false, place: '', refusal: conflict('item_id', itemId) };
  const reasons = reasonsAgainst(taking, item);
  const draft = { ...item.draft, ...place, enabled: item.draft.enabled && reasons.length === 0 };
  const why = 'Imported from a file.';
  const comments = item.comments.map((comment, order) => ({ ...comment, id: newId(author.now, order) }));
  const saved = row
    ? await replaceIn(transaction, author, exceptionOf(row), draft, why)
    : await insertInto(transaction, author, draft, { itemId, comments, meta: item.meta, why });
  return {
    isNew: !row,
    place: place.rule === null ? `In the list ${place.list}.` : `For the rule ${place.rule}.`,
    ...(reasons.length > 0 && { reasons: ['It cannot be applied, and is switched off.', ...reasons] }),
    before: {
      ...{ kind: 'item', id: saved.id, version: saved.version },
      before: row ? draftOf(exceptionOf(row)) : null,
    },
  };
}

async function placeOf(
  { transaction, rules, coming, renamed }: Taking,
  { listId }: ImportedItem,
): Promise<Pick<ExceptionDraft, 'rule' | 'list'> | null> {
  const owner = ownerOf(listId);
  if (owner !== null && !renamed) {
    const isHere = rules.find(owner) !== undefined || coming.some(({ slug }) => slug === owner);
    return isHere ? { rule: owner, list: null } : null;
  }
  const id = renamed?.get(listId) ?? listId;
  return (await readListIn(transaction, id)) ? { rule: null, list: id } : null;
}

/** Why an item on events cannot be applied; one on results depends on its rules, which say so when they run. */
function reasonsAgainst({ catalogue, values }: Taking, { draft }: ImportedItem): string[] {
  if (draft.stage === 'result') return [];
  const compiled = compileException(draft.entries, catalogue, { osTypes: draft.osTypes, lists: values });
  return compiled.ok ? [] : compiled.error.map(({ message }) => message);
}
