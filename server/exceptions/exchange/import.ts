import type * as z from 'zod';
import { readListValues } from '#server/exceptions/standing.ts';
import { newId } from '#server/state/ids.ts';
import type { State } from '#server/state/open-state.ts';
import type { RuleEditor } from '#server/tuning/rule-editing.ts';
import type { ImportError, importFile } from '#shared/api/exception-exchange.ts';
import { type KibanaLists, readKibanaLists } from '#shared/exceptions/read-kibana-lists.ts';
import { widenForRules } from '#shared/rule/widen-for-rule.ts';
import { type ImportPlace, type Outcome, type Taking, takeItems, takeLists } from './import-lines.ts';
import { keepImport } from './import-undo.ts';

type Report = z.output<typeof importFile.response>;

interface ImportContext extends Omit<ImportPlace, 'coming'> {
  readonly state: State;
  readonly ruleEditor: Pick<RuleEditor, 'planned' | 'importRules'>;
}

interface ImportRequest {
  readonly text: string;
  /** Lines of the rules that are wanted. */
  readonly rules: readonly number[];
  readonly overwrite: boolean;
  readonly asNewList: boolean;
  readonly dryRun: boolean;
}

/**
 * Takes in a file as Kibana does: the rules that are wanted, then of lists and items what can be taken in is, and the rest is listed by line. A list or an item that is
 * here already is left alone unless `overwrite`; with `asNewList` all get fresh ids. An item that cannot be applied is kept
 * switched off, and listed with the reasons: in force it would keep its rules from running. A dry run does all of this and
 * takes it back, so that what it tells is what happens.
 */
export async function importKibana(context: ImportContext, request: ImportRequest): Promise<Report> {
  const { ruleEditor, author } = context;
  const file = request.text.trimStart().startsWith('{') ? readKibanaLists(request.text) : NO_LISTS;
  const coming = ruleEditor.planned(request.text, request.rules);
  const added = request.dryRun || coming.length === 0 ? [] : await ruleEditor.importRules(author, coming);
  const values = await readListValues(context.state);
  const catalogue = widenForRules(
    context.store.catalogue,
    coming.map(({ rule }) => rule),
  );
  const renamed = renaming(file, request.asNewList);
  const done: { report?: Report } = {};
  await context.state
    .transaction()
    .execute(async (transaction) => {
      const taking: Taking = {
        ...context,
        transaction,
        coming,
        catalogue,
        overwrite: request.overwrite,
        values,
        renamed,
      };
      const outcomes = [...(await takeLists(taking, file)), ...(await takeItems(taking, file))];
      const undo = request.dryRun ? null : await keepImport(transaction, author, added, outcomes);
      done.report = { ...reportOf(file, outcomes, undo), added };
      if (request.dryRun) throw TAKEN_BACK;
    })
    .catch((error: unknown) => {
      if (error !== TAKEN_BACK) throw error;
    });
  if (!done.report) throw new Error('An import ended without a report.');
  return done.report;
}

/** A rule in TOML comes alone. */
const NO_LISTS: KibanaLists = { lists: [], items: [], attached: new Map(), problems: [] };

/** Ends a transaction without a trace. */
const TAKEN_BACK = new Error('A dry run is taken back.');

const renaming = ({ lists }: KibanaLists, asNewList: boolean): Taking['renamed'] =>
  asNewList ? new Map(lists.map(({ list }, order) => [list.id, newId(Date.now(), order)])) : null;

function reportOf(file: KibanaLists, outcomes: readonly Outcome[], undo: string | null): Omit<Report, 'added'> {
  const refused = outcomes.flatMap(({ line, refusal, listId, itemId }) =>
    refusal ? [errorAt(line, refusal.status, refusal.message, listId, itemId)] : [],
  );
  const unreadable = file.problems.map(({ line, message, listId, itemId }) =>
    errorAt(line, 400, message, listId, itemId),
  );
  const errors = [...unreadable, ...refused].sort((left, right) => left.line - right.line);
  const [lists, items] = (['list', 'item'] as const).map((kind) => outcomes.filter((one) => one.kind === kind));
  const taken = (some: readonly Outcome[] = []): number => some.filter(({ refusal }) => !refusal).length;
  const whole = (some: readonly Outcome[] = []): boolean => taken(some) === some.length;
  return {
    errors,
    success: errors.length === 0,
    success_count: taken(outcomes),
    success_exception_lists: whole(lists),
    success_count_exception_lists: taken(lists),
    success_exception_list_items: whole(items),
    success_count_exception_list_items: taken(items),
    unusable: outcomes.flatMap(({ itemId, name, reasons = [] }) =>
      itemId !== undefined && reasons.length > 0 ? [{ item_id: itemId, name, reasons: [...reasons] }] : [],
    ),
    lines: outcomes
      .filter(({ refusal, before }) => refusal !== undefined || before !== undefined)
      .sort((left, right) => left.line - right.line)
      .map(({ line, kind, name, refusal, isNew, place, reasons = [] }) => ({
        ...{ line, kind, name },
        outcome: refusal ? 'refused' : isNew ? 'added' : 'replaced',
        detail: refusal?.message ?? [place, ...reasons].join(' '),
      })),
    undo,
  };
}

const errorAt = (line: number, status_code: number, message: string, list?: string, item?: string): ImportError => ({
  error: { status_code, message },
  line,
  ...(list !== undefined && { list_id: list }),
  ...(item !== undefined && { item_id: item }),
});
