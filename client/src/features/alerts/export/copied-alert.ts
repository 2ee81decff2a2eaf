import type { Alert } from '#shared/alert/alert.ts';
import { csvLine } from '#shared/base/csv.ts';
import { defang } from '#shared/base/defang.ts';
import { esqlClause } from '#shared/lang/esql/add-filter.ts';
import { kqlClause } from '#shared/lang/kql/add-filter.ts';

export const COPY_FORMATS = ['kql', 'esql', 'json', 'csv', 'markdown'] as const;
export type CopyFormat = (typeof COPY_FORMATS)[number];

interface Clause {
  readonly field: string;
  readonly value: string;
  readonly several: boolean;
}

/** What finds the events of an alert again. */
function clausesOf(alert: Alert): readonly Clause[] {
  const single: readonly (readonly [string, string | null])[] = [
    ['process.command_line', alert.commandLine],
    ['process.parent.executable', alert.parentExecutable],
    ['process.working_directory', alert.workingDirectory],
  ];
  const [host, ...otherHosts] = alert.hosts;
  return [
    ...single.flatMap(([field, value]) => (value === null ? [] : [{ field, value, several: false }])),
    ...(host !== undefined && otherHosts.length === 0 ? [{ field: 'host.name', value: host, several: false }] : []),
  ];
}

const HEADINGS = [
  'rule',
  'severity',
  'status',
  'verdict',
  'hosts',
  'users',
  'parent',
  'command line',
  'events',
  'last seen',
  'tags',
];

const cellsOf = (alert: Alert): readonly (string | number)[] => [
  alert.ruleName,
  alert.severity,
  alert.status,
  alert.verdict ?? '',
  alert.hosts.join('; '),
  alert.users.join('; '),
  alert.parentExecutable ?? '',
  alert.commandLine ?? '',
  alert.eventCount,
  alert.lastSeen,
  alert.tags.join('; '),
];

/** Text as a cell of a Markdown table: one line, nothing in it is markup. */
const markdownCell = (cell: string | number): string =>
  String(cell)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>()#!|~&]/g, String.raw`\$&`);

const markdownLine = (cells: readonly (string | number)[]): string => `| ${cells.map(markdownCell).join(' | ')} |`;

/** Alerts as text for elsewhere. A spreadsheet takes no cell for a formula, a Markdown page none for markup. */
export function copyOf(format: CopyFormat, alerts: readonly Alert[], defanged: boolean): string {
  const text = raw(format, alerts);
  return defanged ? defang(text) : text;
}

function raw(format: CopyFormat, alerts: readonly Alert[]): string {
  switch (format) {
    case 'kql':
      return joined(alerts, (alert) => clausesOf(alert).map(kqlClause).join(' and '), ' or ');
    case 'esql': {
      const clause = (alert: Alert): string =>
        clausesOf(alert)
          .map((of) => esqlClause({ ...of, type: 'keyword', of: 'event' }))
          .join(' AND ');
      return `FROM logs-* | WHERE ${joined(alerts, clause, ' OR ')}`;
    }
    case 'json':
      return JSON.stringify(alerts.length === 1 ? alerts[0] : alerts, null, 2);
    case 'csv':
      return [HEADINGS, ...alerts.map(cellsOf)].map(csvLine).join('');
    case 'markdown':
      return [
        markdownLine(HEADINGS),
        `|${' --- |'.repeat(HEADINGS.length)}`,
        ...alerts.map((a) => markdownLine(cellsOf(a))),
      ].join('\n');
  }
}

const joined = (alerts: readonly Alert[], print: (alert: Alert) => string, word: string): string =>
  alerts.length === 1 && alerts[0] ? print(alerts[0]) : alerts.map((alert) => `(${print(alert)})`).join(word);
