import { plural } from '#shared/base/counts.ts';
import { SEVERITY_WORDS, STATUS_WORDS, VERDICT_WORDS } from '../alert/words.ts';
import { changeWords } from '../guide/change-words.ts';
import { FINDING_WORDS } from '../guide/finding-words.ts';
import { type Block, code, codes, heading, lines, paragraph, type Text, time } from './blocks.ts';
import { clauseLines } from './clause-lines.ts';
import type { AlertReport, EvidenceRecord, ReportedException } from './report.ts';

/** Characters of a record that are printed; the bundle has all of them. */
const MOST_PRINTED = 8192;

/** One alert; numbered where it is one of several. */
export const alertBlocks = (report: AlertReport, number: number | null): readonly Block[] => [
  heading(2, number === null ? 'The alert' : `Alert ${number}: ${report.alert.ruleName}`),
  paragraph(report.why),
  facts(report),
  ...part('Left out of this report', report.cuts.length > 0, { kind: 'list', items: report.cuts.map((cut) => [cut]) }),
  ...explanation(report),
  heading(3, 'Process tree'),
  lines(report.tree.text === '' ? 'No process of this alert is in the data.' : report.tree.text),
  ...findings(report),
  ...evidence(report),
  ...events(report),
  ...exceptions(report),
  ...history(report),
];

const part = (title: string, isThere: boolean, ...blocks: Block[]): readonly Block[] =>
  isThere ? [heading(3, title), ...blocks] : [];

function facts({ alert, prevalence, rule }: AlertReport): Block {
  const { commandHosts, totalHosts, commandEvents, commandFirstSeen } = prevalence;
  const rows: readonly (readonly [string, Text])[] = [
    ['Rule', rule ? [rule.name] : [alert.ruleName, ' (no longer there)']],
    ['Severity', [`${SEVERITY_WORDS[alert.severity]}, risk ${alert.riskScore}`]],
    ['Status', [STATUS_WORDS[alert.status]]],
    ['Verdict', [alert.verdict === null ? 'none yet' : VERDICT_WORDS[alert.verdict]]],
    ['Assigned to', [code(alert.assignee, 'nobody')]],
    ['Hosts', codes(alert.hosts)],
    ['Users', codes(alert.users)],
    ['Command line', [code(alert.commandLine)]],
    ['Executable', [code(alert.executable)]],
    ['Parent', [code(alert.parentExecutable ?? alert.parentName)]],
    ['Directory', [code(alert.workingDirectory)]],
    ['First seen', [alert.firstSeen]],
    ['Last seen', [alert.lastSeen]],
    ['Raised', [alert.raisedAt]],
    ['Occurrences', [`${alert.occurrences}, with ${plural(alert.eventCount, 'event')}`]],
    [
      'How common',
      [
        `${commandHosts} of ${totalHosts} hosts, ${plural(commandEvents, 'event')}, first seen ${commandFirstSeen ?? 'never'}`,
      ],
    ],
    ['Alert id', [code(alert.id)]],
  ];
  return { kind: 'facts', facts: rows.map(([name, text]) => ({ name, text })) };
}

function explanation({ explanation: clause, conditions, rule }: AlertReport): readonly Block[] {
  return [
    ...part(
      'Why the rule fired',
      clause !== null || conditions.length > 0,
      ...(clause ? [lines(clauseLines(clause).join('\n'))] : []),
      ...(conditions.length > 0
        ? [
            {
              kind: 'table',
              columns: ['Condition', 'Saw', 'Outcome'],
              rows: conditions.map(({ text, saw, outcome }) => [[code(text)], [code(saw)], [outcome]]),
            } as const,
          ]
        : []),
    ),
    ...(rule ? [heading(3, `Query of the rule (${rule.language})`), lines(rule.query)] : []),
  ];
}

function findings({ findings: answers, steps, suggestion }: AlertReport): readonly Block[] {
  const given = answers.filter(({ finding, note }) => finding !== null || note !== '');
  return [
    heading(3, 'Findings'),
    paragraph(`${steps.answered} of ${steps.total} steps of the guide are answered.${staleWords(steps.stale)}`),
    ...(suggestion ? [paragraph(`They suggest ${suggestion.verdict.replaceAll('-', ' ')}: ${suggestion.reason}`)] : []),
    ...given.flatMap((answer): readonly Block[] => [
      {
        kind: 'facts',
        facts: [
          { name: answer.title, text: [answer.finding === null ? 'no answer' : FINDING_WORDS[answer.finding]] },
          ...(answer.changes.length > 0
            ? [{ name: 'out of date', text: [`since then, ${answer.changes.map(changeWords).join('; ')}`] }]
            : []),
          { name: 'asked', text: [answer.ask] },
          { name: 'by', text: [code(answer.author), ' ', answer.at ?? ''] },
          ...(answer.evidence.length > 0 ? [{ name: 'evidence', text: codes(answer.evidence) }] : []),
        ],
      },
      ...(answer.note === '' ? [] : [lines(answer.note)]),
    ]),
  ];
}

const staleWords = (stale: number): string =>
  stale === 0
    ? ''
    : ` Later data contradicts ${stale === 1 ? 'one of these answers' : `${stale} of these answers`}: out of date below.`;

const evidence = ({ evidence: records }: AlertReport): readonly Block[] =>
  part('Evidence', records.length > 0, ...records.flatMap(record));

const record = ({ event, summary, pinnedAt, steps, record: text, sha256 }: EvidenceRecord): readonly Block[] => [
  {
    kind: 'facts',
    facts: [
      { name: 'Event', text: [code(event)] },
      { name: 'Said', text: [code(summary)] },
      { name: 'Pinned', text: [`${pinnedAt} to `, steps.join(', ')] },
      { name: 'SHA-256', text: [code(sha256, 'the record is no longer in the data')] },
    ],
  },
  ...(text === null ? [] : [lines(text.slice(0, MOST_PRINTED))]),
  ...(text !== null && text.length > MOST_PRINTED
    ? [paragraph(`The first ${MOST_PRINTED} of ${text.length} characters; the JSON bundle has the whole record.`)]
    : []),
];

const events = ({ events: rows, eventsInAll }: AlertReport): readonly Block[] =>
  part(`Contributing events (${rows.length} of ${eventsInAll})`, rows.length > 0, {
    kind: 'table',
    columns: ['Time', 'Host', 'User', 'Action', 'PID', 'Command line', 'Parent'],
    rows: rows.map((event) => [
      [time(event.timestamp)],
      [code(event.host)],
      [code(event.user)],
      [code(event.action)],
      [event.pid === null ? '–' : String(event.pid)],
      [code(event.commandLine ?? event.executable)],
      [code(event.parentExecutable ?? event.parentName)],
    ]),
  });

const exceptions = ({ exceptions: items }: AlertReport): readonly Block[] =>
  part('Exceptions', items.length > 0, {
    kind: 'table',
    columns: ['Exception', 'What it does', 'Reason', 'By', 'Standing'],
    rows: items.map((item) => [
      [code(item.name)],
      [code(item.sentence)],
      [code(item.reason)],
      [code(item.createdBy), ` ${item.createdAt}`],
      [exceptionStanding(item)],
    ]),
  });

function exceptionStanding({ enabled, expiresAt, fromThisAlert }: ReportedException): string {
  const expiry = expiresAt === null ? 'without end' : `until ${expiresAt}`;
  return `${enabled ? 'on' : 'off'}, ${expiry}, ${fromThisAlert ? 'made from this alert' : 'of the same rule'}`;
}

function history({ occurrences, notes }: AlertReport): readonly Block[] {
  return [
    ...part('Occurrences', occurrences.length > 1, {
      kind: 'table',
      columns: ['Window', 'Events', 'Raised'],
      rows: occurrences.map(({ window, eventCount, raisedAt }) => [
        [`${window.from} to ${window.to}`],
        [String(eventCount)],
        [raisedAt],
      ]),
    }),
    ...part(
      'Notes',
      notes.length > 0,
      ...notes.flatMap(({ at, author, text }) => [paragraph(at, ' ', code(author)), lines(text)]),
    ),
  ];
}
