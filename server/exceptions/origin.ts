import type { StateReader } from '#server/state/open-state.ts';
import type { EventNumber, EventStore } from '#server/store/event-store.ts';
import { storedDocument } from '#server/store/records/parse-record.ts';
import type { ReplayedAlerts } from '#server/tuning/replayed-alert.ts';
import type { Instant } from '#shared/base/time.ts';
import { evaluateFilter } from '#shared/evaluate/evaluate.ts';
import { type FlatDocument, flatten } from '#shared/event/document.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import type { AnyEntry } from '#shared/exceptions/item.ts';
import { entrySentence } from '#shared/exceptions/sentence.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';

interface OriginContext {
  readonly state: StateReader;
  readonly store: EventStore;
  readonly now: Instant;
}

interface OriginEvidence {
  readonly without: ReplayedAlerts;
  readonly withDraft: ReplayedAlerts;
  /** The other exceptions in force. */
  readonly others: readonly RuleException[];
}

/** Events that are looked at for a reason. */
const MOST_EVENTS = 50;

/** Whether the alert that a draft came from would be gone; if not, the condition that fails, and on what value. */
export async function originOf(
  context: OriginContext,
  draft: RuleException,
  alert: string,
  { without, withDraft, others }: OriginEvidence,
): Promise<{ removed: boolean; because: string } | null> {
  const row = await context.state.selectFrom('alerts').select('keysDigest').where('id', '=', alert).executeTakeFirst();
  if (!row) return null;
  const [before, after] = [without.get(row.keysDigest), withDraft.get(row.keysDigest)];
  if (before && !after) return { removed: true, because: 'The alert it came from is among the removed.' };
  if (!before) return { removed: false, because: await whyAbsent(context, alert, others) };
  const failing = draft.stage === 'event' ? await failingEntry(context, draft, [...before.events]) : null;
  return {
    removed: false,
    because: failing ?? 'The conditions hold, but other events or rows of its group still raise it.',
  };
}

/** An exception in force may hide it, or its events lie elsewhere. */
async function whyAbsent(
  { state, store, now }: OriginContext,
  alert: string,
  others: readonly RuleException[],
): Promise<string> {
  const rows = await state
    .selectFrom('alertEvents')
    .select('eventId')
    .where('alertId', '=', alert)
    .limit(MOST_EVENTS)
    .execute();
  const numbers = [...(await store.numbersOf(rows.map(({ eventId }) => eventId))).values()];
  const events = (await store.documents(numbers)).map(({ text }) => flatten(storedDocument(text), store.catalogue));
  const hiding = others.find(({ stage, entries, ...item }) => {
    const compiled = stage === 'event' ? compileException(entries, store.catalogue, item) : null;
    return compiled?.ok && events.some((event) => evaluateFilter(compiled.value, event, now) === true);
  });
  return hiding
    ? `The exception “${hiding.name}” hides the alert it came from already.`
    : 'The alert it came from is not raised within this range.';
}

async function failingEntry(
  { store, now }: OriginContext,
  { entries, ...item }: RuleException,
  events: readonly EventNumber[],
): Promise<string | null> {
  for (const { text } of await store.documents(events.slice(0, MOST_EVENTS))) {
    const document = flatten(storedDocument(text), store.catalogue);
    const failed = entries.find((entry) => !holds(entry));
    if (failed) return `It keeps the alert it came from: “${entrySentence(failed)}” fails, ${sawOf(failed, document)}.`;
    if (!holds(null)) return 'It keeps the alert it came from: the host’s operating system is another.';
    function holds(entry: AnyEntry | null): boolean {
      const context = entry ? { lists: item.lists ?? new Map() } : item;
      const compiled = compileException(entry ? [entry] : [], store.catalogue, context);
      return compiled.ok && evaluateFilter(compiled.value, document, now) === true;
    }
  }
  return null;
}

const sawOf = ({ field }: AnyEntry, document: FlatDocument): string => {
  const values = document.get(field) ?? [];
  if (values.length === 0) return `an event of it has no ${field}`;
  return `an event of it has ${values
    .slice(0, 5)
    .map((value) => `“${String(value)}”`)
    .join(', ')}`;
};
