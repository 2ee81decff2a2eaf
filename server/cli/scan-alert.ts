import type { Folding } from '#server/rules/fold.ts';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { formatInstant } from '#shared/base/time.ts';
import type { Value } from '#shared/plan/value.ts';
import { jsonLine } from './json.ts';
import { tableLines } from './table.ts';

/** An alert as `scan` prints it. */
export interface ScanAlert {
  readonly id: string;
  /** Its occurrences, in the order of their runs. */
  readonly drafts: readonly AlertDraft[];
}

/** The alerts that came of drafts, in the order in which they arose. */
export function collectAlerts(foldings: readonly Folding[]): readonly ScanAlert[] {
  const alerts = new Map<string, AlertDraft[]>();
  for (const { alert, draft } of foldings) {
    const drafts = alerts.get(alert);
    if (drafts) drafts.push(draft);
    else alerts.set(alert, [draft]);
  }
  return [...alerts].map(([id, drafts]) => ({ id, drafts }));
}

export const scanLines = (alerts: readonly ScanAlert[], format: 'ndjson' | 'table'): readonly string[] =>
  format === 'table' ? scanTable(alerts) : alerts.map(alertJson);

/** Columns are those of the last occurrence; events those of all, by time. */
function alertJson({ id, drafts }: ScanAlert): string {
  const last = lastOf(drafts);
  return jsonLine({
    rule: last.rule,
    id,
    keys: last.keys,
    columns: last.columns,
    events: eventsOf(drafts),
    first_seen: formatInstant(firstSeen(drafts)),
    last_seen: formatInstant(lastSeen(drafts)),
  });
}

/** Occurrences follow each other in time, and an event may be in two that overlap. */
const eventsOf = (drafts: readonly AlertDraft[]): readonly string[] => [
  ...new Set(drafts.flatMap(({ events }) => events)),
];

const firstSeen = (drafts: readonly AlertDraft[]): number => Math.min(...drafts.map((draft) => draft.firstSeen));
const lastSeen = (drafts: readonly AlertDraft[]): number => Math.max(...drafts.map((draft) => draft.lastSeen));

const lastOf = (drafts: readonly AlertDraft[]): AlertDraft => {
  const last = drafts.at(-1);
  if (!last) throw new Error('An alert has an occurrence');
  return last;
};

const scanTable = (alerts: readonly ScanAlert[]): readonly string[] =>
  tableLines(
    [
      { title: 'FIRST SEEN', cell: ({ drafts }) => formatInstant(firstSeen(drafts)) },
      { title: 'RULE', cell: ({ drafts }) => lastOf(drafts).rule },
      { title: 'HOST', cell: ({ drafts }) => listed(drafts.flatMap(({ subject }) => subject.hosts)) },
      { title: 'USER', cell: ({ drafts }) => listed(drafts.flatMap(({ subject }) => subject.users)) },
      { title: 'EVENTS', cell: ({ drafts }) => String(eventsOf(drafts).length), align: 'right' },
      { title: 'PARENT', cell: ({ drafts }) => shown(lastOf(drafts).subject.parentName) },
      { title: 'COMMAND', cell: ({ drafts }) => shown(lastOf(drafts).subject.commandLine) },
    ],
    alerts,
  );

const listed = (values: readonly string[]): string => [...new Set(values)].join(', ') || '-';
const shown = (value: Value): string => (value === null ? '-' : String(value));
