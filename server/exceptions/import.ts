import type { z } from 'zod';
import type { RuleBook } from '#server/alerts/rule-book.ts';
import type { Author } from '#server/state/activity.ts';
import { newId } from '#server/state/ids.ts';
import type { State, StateTransaction } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { ImportError, importExceptions } from '#shared/api/exceptions.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import type { ExceptionDraft } from '#shared/exceptions/item.ts';
import { type ImportedItem, type KibanaLists, ownerOf, readKibanaLists } from '#shared/exceptions/kibana-ndjson.ts';
import type { ValueLists } from '#shared/exceptions/value-list.ts';
import { saveListIn } from './lists.ts';
import { exceptionOf, insertInto, replaceIn } from './records.ts';
import { readListValues } from './standing.ts';

type Report = z.output<typeof importExceptions.response>;

interface ImportContext {
  readonly state: State;
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly author: Author;
}

/**
 * Takes in a file of Kibana as Kibana does: what can be taken in is, and the rest is listed by line. A list or an item that is
 * here already is left alone unless `overwrite`; with `asNewList` all get fresh ids. An item that cannot be applied is kept
 * switched off, and listed with the reasons: in force it would keep its rules from running.
 */
export async function importKibana(
  { state, store, rules, author }: ImportContext,
  { text, overwrite, asNewList }: { readonly text: string; readonly overwrite: boolean; readonly asNewList: boolean },
): Promise<Report> {
  const file = readKibanaLists(text);
  const values = await readListValues(state);
  return state.transaction().execute(async (transaction) => {
    const taking: Taking = { transaction, store, rules, author, overwrite, values, renamed: renaming(file, asNewList) };
    const problems = file.problems.map(({ line, message, listId, itemId }) =>
      errorAt(line, 400, message, listId, itemId),
    );
    const lists = await takeLists(taking, file);
    const items = await takeItems(taking, file);
    const errors = [...problems, ...lists.errors, ...items.errors].sort((left, right) => left.line - right.line);
    return {
      errors,
      success: errors.length === 0,
      success_count: lists.taken + items.taken,
      success_exception_lists: lists.errors.length === 0,
      success_count_exception_lists: lists.taken,
      success_exception_list_items: items.errors.length === 0,
      success_count_exception_list_items: items.taken,
      unusable: items.unusable,
    };
  });
}

interface Taking {
  readonly transaction: StateTransaction;
  readonly store: EventStore;
  readonly rules: RuleBook;
  readonly author: Author;
  readonly overwrite: boolean;
  readonly values: ValueLists;
  /** Fresh ids of lists, by those in the file. */
  readonly renamed: ReadonlyMap<string, string> | null;
}

const renaming = ({ lists }: KibanaLists, asNewList: boolean): Taking['renamed'] =>
  asNewList ? new Map(lists.map(({ list }, order) => [list.id, newId(Date.now(), order)])) : null;

const errorAt = (line: number, status_code: number, message: string, list?: string, item?: string): ImportError => ({
  error: { status_code, message },
  line,
  ...(list !== undefined && { list_id: list }),
  ...(item !== undefined && { item_id: item }),
});

async function takeLists(
  { transaction, rules, author, overwrite, renamed }: Taking,
  { lists, attached }: KibanaLists,
): Promise<{ taken: number; errors: ImportError[] }> {
  const errors: ImportError[] = [];
  let taken = 0;
  for (const { line, list } of lists) {
    const id = renamed?.get(list.id) ?? list.id;
    if (ownerOf(list.id) !== null && !renamed) {
      taken += 1;
      continue;
    }
    const present = await transaction
      .selectFrom('exceptionLists')
      .select('version')
      .where('id', '=', id)
      .executeTakeFirst();
    if (present && !overwrite) {
      const message = `Found that list_id: "${id}" already exists. Import of list_id: "${id}" skipped.`;
      errors.push(errorAt(line, 409, message, id));
      continue;
    }
    const named = new Set(attached.get(list.id) ?? []);
    const linked = rules.all.filter(({ rule }) => named.has(rule.ruleId)).map(({ rule }) => rule.slug);
    const known = list.rules.filter((slug) => rules.find(slug) !== undefined);
    await saveListIn(transaction, author, { ...list, id, rules: [...known, ...linked] }, present?.version ?? null);
    taken += 1;
  }
  return { taken, errors };
}

async function takeItems(
  taking: Taking,
  { items }: KibanaLists,
): Promise<{ taken: number; errors: ImportError[]; unusable: Report['unusable'] }> {
  const errors: ImportError[] = [];
  const unusable: Report['unusable'] = [];
  let taken = 0;
  for (const { line, item } of items) {
    const place = await placeOf(taking, item);
    if (!place) {
      const message = `There is no list, or no rule, for list_id: "${item.listId}".`;
      errors.push(errorAt(line, 404, message, item.listId, item.itemId));
      continue;
    }
    const reasons = reasonsAgainst(taking, item);
    const draft = { ...item.draft, ...place, enabled: item.draft.enabled && reasons.length === 0 };
    const refused = await takeItem(taking, item, draft);
    if (refused === null) taken += 1;
    else errors.push(errorAt(line, 409, refused, item.listId, item.itemId));
    if (refused === null && reasons.length > 0) unusable.push({ item_id: item.itemId, name: item.draft.name, reasons });
  }
  return { taken, errors, unusable };
}

async function placeOf(
  { transaction, rules, renamed }: Taking,
  { listId }: ImportedItem,
): Promise<Pick<ExceptionDraft, 'rule' | 'list'> | null> {
  const owner = ownerOf(listId);
  if (owner !== null && !renamed) return rules.find(owner) ? { rule: owner, list: null } : null;
  const id = renamed?.get(listId) ?? listId;
  const list = await transaction.selectFrom('exceptionLists').select('id').where('id', '=', id).executeTakeFirst();
  return list ? { rule: null, list: id } : null;
}

/** Why an item on events cannot be applied; one on results depends on its rules, which say so when they run. */
function reasonsAgainst({ store, values }: Taking, { draft }: ImportedItem): string[] {
  if (draft.stage === 'result') return [];
  const compiled = compileException(draft.entries, store.catalogue, { osTypes: draft.osTypes, lists: values });
  return compiled.ok ? [] : compiled.error.map(({ message }) => message);
}

/** Null, or why it was not taken. */
async function takeItem(
  { transaction, author, overwrite, renamed }: Taking,
  { itemId: given, comments: said, meta }: ImportedItem,
  draft: ExceptionDraft,
): Promise<string | null> {
  const itemId = renamed ? newId(author.now) : given;
  const present = await transaction
    .selectFrom('exceptions')
    .selectAll()
    .where('itemId', '=', itemId)
    .executeTakeFirst();
  if (present && !overwrite) {
    return `Found that item_id: "${itemId}" already exists. Import of item_id: "${itemId}" skipped.`;
  }
  const why = 'Imported from a file.';
  if (present) await replaceIn(transaction, author, exceptionOf(present), draft, why);
  else {
    const comments = said.map((comment, order) => ({ ...comment, id: newId(author.now, order) }));
    await insertInto(transaction, author, draft, { itemId, comments, meta, why });
  }
  return null;
}
