import { type Preview, previewDraft } from '#server/exceptions/preview.ts';
import type { PreviewContext } from '#server/exceptions/preview-context.ts';
import type { TimeRange } from '#server/rules/ticks.ts';
import type { EventStore } from '#server/store/event-store.ts';
import { describe } from '#server/tuning/described-alerts.ts';
import type { ReplayedAlerts } from '#server/tuning/replayed-alert.ts';
import type { Suggestion } from '#shared/api/exception-suggestions.ts';
import { plural } from '#shared/base/counts.ts';
import { type ExceptionEntry, entrySchema } from '#shared/exceptions/item.ts';
import { type JudgedAlert, judgedByLikeness } from './judged-alert.ts';
import type { Proposal } from './propose.ts';

/** What a proposal is proved against. */
export interface Evidence {
  readonly rule: string;
  readonly range: TimeRange;
  readonly alerts: readonly JudgedAlert[];
  /** What the rule raises over the range as things are. */
  readonly raised: ReplayedAlerts;
}

/** Fewer are alerts to close, not a pattern. */
const LEAST_COVERED = 2;

/**
 * A proposal with what a replay says of it: as it is, or else narrowed by all that its alerts have in common. Null where it
 * would hide or change what must stay, or breaks a case.
 */
export async function prove(
  context: PreviewContext,
  evidence: Evidence,
  { entries, shared }: Proposal,
): Promise<Suggestion | null> {
  const tries = [{ tried: entries, rest: shared }];
  if (shared.length > 0) tries.push({ tried: [...entries, ...shared], rest: [] });
  for (const { tried, rest } of tries) {
    const preview = await previewOf(context, evidence, tried);
    const gone = goneBy(preview, evidence);
    if (gone === null || gone.noise.length < LEAST_COVERED) continue;
    const { removed, kept, created, changed } = preview;
    const of = evidence.alerts.filter(({ stand }) => stand === 'noise').length;
    return {
      ...{ name: nameOf(tried), entries: parsed(tried), shared: parsed(rest), covers: gone.noise.length, of },
      ...{
        removed,
        kept,
        created,
        changed,
        reasons: reasonsFor(gone, of, created, await hostsOf(context.store, gone, evidence)),
      },
    };
  }
  return null;
}

const parsed = (entries: readonly ExceptionEntry[]): ExceptionEntry[] =>
  entries.map((entry) => entrySchema.parse(entry));

const previewOf = (context: PreviewContext, { rule, range }: Evidence, entries: readonly ExceptionEntry[]) =>
  previewDraft(context, {
    range,
    replaces: undefined,
    draft: {
      ...{ rule, list: null, name: nameOf(entries), reason: 'suggested', stage: 'event', entries: [...entries] },
      ...{ osTypes: [], tags: [], enabled: true, expiresAt: null, origin: null, cases: [] },
    },
  });

/** Ids of what a proposal removes. */
interface Gone {
  readonly noise: readonly string[];
  readonly open: readonly string[];
}

/** Null where something goes, or changes, that must stay. */
function goneBy(preview: Preview, { alerts }: Evidence): Gone | null {
  const changesTruth = Object.keys(preview.verdicts.changed).some((verdict) => verdict.startsWith('true-positive'));
  if (preview.diagnostics.some(({ severity }) => severity === 'error')) return null;
  if (preview.removedTruePositives > 0 || changesTruth || preview.brokenCases.length > 0) return null;
  const removed = new Set(preview.removedKeys);
  if (judgedByLikeness(alerts).some(({ id, stand }) => stand === 'kept' && removed.has(id))) return null;
  const of = (wanted: JudgedAlert['stand']): string[] =>
    alerts.flatMap(({ id, stand }) => (stand === wanted && removed.has(id) ? [id] : []));
  return { noise: of('noise'), open: of('open') };
}

async function hostsOf(store: EventStore, { noise }: Gone, { raised }: Evidence): Promise<number> {
  const gone = new Set(noise);
  const told = await describe(
    store,
    [...raised].filter(([id]) => gone.has(id)),
  );
  return new Set([...told.values()].flatMap(({ hosts }) => hosts)).size;
}

function reasonsFor({ noise, open }: Gone, of: number, created: number, hosts: number): string[] {
  const where = hosts === 0 ? '' : ` on ${plural(hosts, 'host')}`;
  return [
    `Covers ${noise.length} of ${plural(of, 'false positive')}${where}, and no true positive.`,
    ...(open.length > 0 ? [`${plural(open.length, 'open alert')} of the same look would go with them.`] : []),
    ...(created > 0 ? [`${plural(created, 'alert')} would be raised that are not now.`] : []),
  ];
}

/** The command, as far as a name can carry it. */
function nameOf(entries: readonly ExceptionEntry[]): string {
  const said = entries.find(({ field }) => IMAGE.test(field)) ?? entries[0];
  const value = said && 'value' in said ? said.value : '';
  const text = (Array.isArray(value) ? value.join(', ') : value).trim() || 'suggested';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

const IMAGE = /^process\.(?:command_line|executable|name)$/;
