import { meets } from '#server/alerts/filter.ts';
import { notFound } from '#server/refusal.ts';
import type { Author } from '#server/state/activity.ts';
import type { StateReader } from '#server/state/open-state.ts';
import { MOST_REPORTED, type ReportFormat, type ReportQuery } from '#shared/api/report.ts';
import { formatInstant } from '#shared/base/time.ts';
import type { AlertReport, Report } from '#shared/report/report.ts';
import { timelineOf } from '#shared/report/timeline.ts';
import { writeReport } from '#shared/report/write-report.ts';
import { alertReport, type ReportContext } from './alert-report.ts';

export interface ReportFile {
  /** As `alert-3f2a….md`, `incident-12-alerts.html`. */
  readonly name: string;
  readonly text: string;
}

const ENDINGS: Readonly<Record<ReportFormat, string>> = { markdown: 'md', html: 'html', json: 'json' };

/** One or several alerts as a file. Refuses a choice without any alert. */
export async function makeReport(
  context: ReportContext & { readonly version: string },
  author: Author,
  query: ReportQuery,
  signal: AbortSignal,
): Promise<ReportFile> {
  const { ids, asked } = await chosen(context.state, query);
  if (ids.length === 0) throw notFound('alert');
  const alerts: AlertReport[] = [];
  for (const id of ids) {
    signal.throwIfAborted();
    alerts.push(await alertReport(context, author.now, id));
  }
  const report: Report = {
    format: 'oddspawn-report',
    formatVersion: 1,
    madeAt: formatInstant(author.now),
    madeBy: author.actor,
    madeWith: context.version,
    alerts,
    alertsAsked: asked,
    timeline: timelineOf(alerts),
  };
  const [only, ...others] = ids;
  const subject =
    only !== undefined && others.length === 0 ? `alert-${fileName(only)}` : `incident-${ids.length}-alerts`;
  return { name: `${subject}.${ENDINGS[query.format]}`, text: writeReport(report, query.format) };
}

const fileName = (id: string): string => id.replace(/[^\w-]/g, '').slice(0, 40);

/** Ids of the alerts to tell of, at most `MOST_REPORTED`, and how many there would be. */
async function chosen(state: StateReader, query: ReportQuery): Promise<{ ids: readonly string[]; asked: number }> {
  const named = [...new Set(query.id ?? [])];
  if (named.length > 0) {
    return { ids: named.slice(0, MOST_REPORTED), asked: Math.max(named.length, query.asked ?? 0) };
  }
  const except = new Set(query.except ?? []);
  const rows = await state
    .selectFrom('alerts')
    .select('id')
    .where(meets(query))
    .orderBy('lastSeen', 'desc')
    .orderBy('id')
    .execute();
  const ids = rows.map(({ id }) => id).filter((id) => !except.has(id));
  return { ids: ids.slice(0, MOST_REPORTED), asked: ids.length };
}
