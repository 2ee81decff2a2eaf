import { readDetail, readEventIds } from '#server/alerts/detail.ts';
import type { RuleBook } from '#server/alerts/rule-book.ts';
import { readTree } from '#server/alerts/tree.ts';
import { readExceptions } from '#server/exceptions/records.ts';
import { compareAnswers } from '#server/guide/stale-answers.ts';
import { readStepStates } from '#server/guide/step-states.ts';
import { findGuide } from '#server/guide/subject.ts';
import type { State } from '#server/state/open-state.ts';
import type { EventStore } from '#server/store/event-store.ts';
import type { Alert } from '#shared/alert/alert.ts';
import type { Instant } from '#shared/base/time.ts';
import { exceptionSentence } from '#shared/exceptions/sentence.ts';
import type { Guide, StepState } from '#shared/guide/guide.ts';
import { suggestVerdict } from '#shared/guide/suggest.ts';
import type {
  AlertReport,
  ReportedException,
  ReportedFinding,
  ReportedRule,
  ReportedTree,
} from '#shared/report/report.ts';
import { indexTree, layoutTree, openAtFirst } from '#shared/tree/layout.ts';
import { treeAsText } from '#shared/tree/tree-text.ts';
import { pinnedRecords, reportedEvents } from './records.ts';
import { sha256 } from './sha256.ts';

export interface ReportContext {
  readonly state: State;
  readonly store: EventStore;
  readonly rules: RuleBook;
}

const MOST_EVENTS = 100;
const MOST_EVIDENCE = 100;
const TREE_BUDGET = 2000;
/** Beyond this nobody reads a tree. */
const MOST_TREE_LINES = 200;

/** Everything that a report tells of one alert. Refuses an id that no alert has. */
export async function alertReport(context: ReportContext, now: Instant, id: string): Promise<AlertReport> {
  const { state, store, rules } = context;
  const { alert, why, explanation, conditions, occurrences, activity, prevalence, notes } = await readDetail(
    state,
    store,
    rules,
    id,
  );
  const guide = (await findGuide(state, rules, id))?.guide ?? null;
  const ids = await readEventIds(state, id);
  const states = guide ? await statesNow(context, now, id, guide) : [];
  const [{ events, missing }, evidence, tree, exceptions] = await Promise.all([
    reportedEvents(store, ids, MOST_EVENTS),
    pinnedRecords(store, states, (step) => titleOf(guide, step), MOST_EVIDENCE),
    treeOf(context, id),
    touching(state, alert),
  ]);
  return {
    ...{ alert, why, explanation, conditions, occurrences, activity, prevalence, notes },
    rule: ruleOf(rules, alert),
    events,
    eventsInAll: ids.length,
    eventsMissing: missing,
    tree: tree.tree,
    findings: guide ? findingsOf(guide, states) : [],
    steps: {
      answered: states.filter(({ finding }) => finding !== null).length,
      total: states.length,
      stale: states.filter(({ changes }) => changes.length > 0).length,
    },
    suggestion: guide ? suggestVerdict(guide, states) : null,
    evidence: evidence.records,
    exceptions,
    cuts: [
      ...cut('contributing events', events.length, ids.length - missing),
      ...(missing > 0 ? [`${missing} of ${ids.length} contributing events are no longer in the data.`] : []),
      ...cut('pinned records', evidence.records.length, evidence.pinned),
      ...cut('lines of the process tree', tree.lines, tree.allLines),
      ...(tree.tree.truncated
        ? [`The process tree has the ${tree.tree.processes} processes nearest to the alert.`]
        : []),
    ],
  };
}

/** The answers, and what contradicts them now: a report does not wait until somebody has looked. */
async function statesNow(context: ReportContext, now: Instant, id: string, guide: Guide): Promise<StepState[]> {
  const states = await readStepStates(context.state, id, guide.steps);
  const compared = new Map(
    (await compareAnswers(context, now, id, guide)).map(({ step, changes }) => [step.id, changes]),
  );
  return states.map((state) => ({ ...state, changes: [...(compared.get(state.step) ?? state.changes)] }));
}

const cut = (what: string, there: number, inAll: number): readonly string[] =>
  there < inAll ? [`The first ${there} of ${inAll} ${what}.`] : [];

const titleOf = (guide: Guide | null, step: string): string =>
  guide?.steps.find(({ id }) => id === step)?.title ?? step;

function ruleOf(rules: RuleBook, alert: Alert): ReportedRule | null {
  const rule = rules.find(alert.rule)?.rule;
  if (!rule) return null;
  const { slug, name, description, language, query } = rule;
  return { slug, name, description, language, query, querySha256: sha256(query) };
}

async function treeOf(
  { state, store }: ReportContext,
  id: string,
): Promise<{ tree: ReportedTree; lines: number; allLines: number }> {
  const tree = await readTree(state, store, id, TREE_BUDGET);
  const index = indexTree(tree);
  const open = openAtFirst(index);
  const rows = layoutTree(index, (branch) => open.has(branch));
  const shown = rows.slice(0, MOST_TREE_LINES);
  return {
    tree: { text: treeAsText(shown), processes: tree.nodes.length, truncated: tree.truncated },
    lines: shown.length,
    allLines: rows.length,
  };
}

function findingsOf(guide: Guide, states: readonly StepState[]): ReportedFinding[] {
  const byStep = new Map(states.map((state) => [state.step, state]));
  return guide.steps.map(({ id, title, kind, ask }) => {
    const state = byStep.get(id);
    return {
      step: id,
      title,
      kind,
      ask,
      finding: state?.finding ?? null,
      changes: state?.changes ?? [],
      note: state?.note ?? '',
      author: state?.author ?? null,
      at: state?.updatedAt ?? null,
      evidence: state?.evidence.map(({ event }) => event) ?? [],
    };
  });
}

/** Exceptions made from the alert first, then the others of its rule. */
async function touching(state: State, alert: Alert): Promise<ReportedException[]> {
  const all = await readExceptions(state);
  return all
    .map((item) => ({ item, fromThisAlert: item.origin?.alert === alert.id }))
    .filter(({ item, fromThisAlert }) => fromThisAlert || item.rule === alert.rule)
    .map(({ item, fromThisAlert }) => ({
      id: item.id,
      name: item.name,
      reason: item.reason,
      sentence: exceptionSentence(item.entries, item.stage),
      enabled: item.enabled,
      expiresAt: item.expiresAt,
      createdBy: item.createdBy,
      createdAt: item.createdAt,
      fromThisAlert,
    }))
    .sort((left, right) => Number(right.fromThisAlert) - Number(left.fromThisAlert));
}
