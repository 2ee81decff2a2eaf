import { VERDICT_WORDS } from '../alert/words.ts';
import { alertBlocks } from './alert-blocks.ts';
import { type Block, code, codes, heading, paragraph, type Text, time } from './blocks.ts';
import type { AlertReport, Report, TimelineEntry } from './report.ts';

export function reportTitle({ alerts }: Report): string {
  const [only, ...others] = alerts;
  return only && others.length === 0 ? `Alert: ${only.alert.ruleName}` : `Incident report: ${alerts.length} alerts`;
}

/** The whole report as a document. */
export const reportBlocks = (report: Report): readonly Block[] => [
  heading(1, reportTitle(report)),
  paragraph(
    'Made ',
    report.madeAt,
    ' by ',
    code(report.madeBy),
    ` with Oddspawn ${report.madeWith}. All times are UTC. Addresses are defanged, and characters that could mislead are spelled out; the JSON bundle has every text as it came.`,
  ),
  ...asked(report),
  ...(report.alerts.length > 1 ? overview(report) : []),
  ...report.alerts.flatMap((alert, at) => alertBlocks(alert, report.alerts.length > 1 ? at + 1 : null)),
  ...timeline(report),
  ...digests(report),
];

const asked = ({ alerts, alertsAsked }: Report): readonly Block[] =>
  alertsAsked > alerts.length
    ? [paragraph(`Not all of it: ${alertsAsked} alerts were chosen, and a report holds the first ${alerts.length}.`)]
    : [];

function overview({ alerts }: Report): readonly Block[] {
  const all = (of: (alert: AlertReport['alert']) => readonly string[]): readonly string[] => [
    ...new Set(alerts.flatMap(({ alert }) => of(alert))),
  ];
  return [
    heading(2, 'Overview'),
    {
      kind: 'facts',
      facts: [
        { name: 'Hosts', text: codes(all(({ hosts }) => hosts)) },
        { name: 'Users', text: codes(all(({ users }) => users)) },
        { name: 'From', text: [alerts.map(({ alert }) => alert.firstSeen).sort()[0] ?? '–'] },
        {
          name: 'To',
          text: [
            alerts
              .map(({ alert }) => alert.lastSeen)
              .sort()
              .at(-1) ?? '–',
          ],
        },
      ],
    },
    {
      kind: 'table',
      columns: ['#', 'Last seen', 'Rule', 'Standing', 'Host', 'Command line'],
      rows: alerts.map(({ alert }, at): readonly Text[] => [
        [String(at + 1)],
        [time(alert.lastSeen)],
        [alert.ruleName],
        [standing(alert)],
        codes(alert.hosts),
        [code(alert.commandLine)],
      ]),
    },
  ];
}

const standing = ({ status, verdict }: AlertReport['alert']): string =>
  verdict === null ? status : `${status}, ${VERDICT_WORDS[verdict].toLowerCase()}`;

function timeline({ alerts, timeline: entries }: Report): readonly Block[] {
  const numbers = new Map(alerts.map(({ alert }, at) => [alert.id, at + 1]));
  const several = alerts.length > 1;
  return [
    heading(2, 'Timeline'),
    {
      kind: 'table',
      columns: ['Time', ...(several ? ['Alert'] : []), 'What', 'Detail'],
      rows: entries.map((entry: TimelineEntry): readonly Text[] => [
        [time(entry.at)],
        ...(several ? [[String(numbers.get(entry.alert) ?? '–')]] : []),
        [entry.what],
        [code(entry.detail)],
      ]),
    },
  ];
}

/** What allows anyone to check that a record or a query is the one that was looked at. */
function digests({ alerts }: Report): readonly Block[] {
  const rules = new Map(alerts.flatMap(({ rule }) => (rule ? [[rule.slug, rule]] : [])));
  const records = new Map<string, { readonly what: string; readonly sha256: string | null }>();
  for (const { evidence, events } of alerts) {
    for (const { id, sha256 } of events) records.set(id, { what: 'contributing event', sha256 });
    for (const { event, sha256 } of evidence) records.set(event, { what: 'evidence', sha256 });
  }
  return [
    { kind: 'rule' },
    heading(2, 'Digests'),
    paragraph('SHA-256 over the UTF-8 text of each query, and of each record as it came.'),
    {
      kind: 'table',
      columns: ['What', 'Of', 'SHA-256'],
      rows: [
        ...[...rules.values()].map((rule): readonly Text[] => [['query'], [rule.name], [code(rule.querySha256)]]),
        ...[...records].map(([id, { what, sha256 }]): readonly Text[] => [
          [what],
          [code(id)],
          [code(sha256, 'no longer in the data')],
        ]),
      ],
    },
  ];
}
