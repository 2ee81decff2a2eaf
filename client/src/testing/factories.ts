import type { Alert } from '#shared/alert/alert.ts';
import type { AlertDetail } from '#shared/api/alerts.ts';
import type { GuideStep } from '#shared/guide/guide.ts';

export const RULE = 'unusual-command-from-web-server-parent';

export function alert(members: Partial<Alert> = {}): Alert {
  return {
    id: 'a1',
    rule: RULE,
    ruleName: 'Unusual Command Execution from Web Server Parent',
    severity: 'medium',
    riskScore: 47,
    status: 'open',
    verdict: null,
    assignee: null,
    tags: [],
    keys: { 'process.command_line': 'sh -c id', 'process.working_directory': null },
    columns: {},
    commandLine: 'sh -c id',
    commandShape: 'sh -c id',
    processName: 'sh',
    executable: '/bin/sh',
    workingDirectory: null,
    parentName: 'php-fpm8.2',
    parentExecutable: '/usr/sbin/php-fpm8.2',
    hosts: ['shop4'],
    users: ['www-data'],
    firstSeen: '2026-11-21T18:52:58.000Z',
    lastSeen: '2026-11-21T18:52:58.000Z',
    raisedAt: '2026-11-21T19:00:00.000Z',
    updatedAt: '2026-11-21T19:00:00.000Z',
    eventCount: 1,
    occurrences: 1,
    historyCovered: null,
    stepsAnswered: 0,
    stepsTotal: 2,
    stepsStale: 0,
    version: 1,
    ...members,
  };
}

export const detail = (members: Partial<AlertDetail> = {}): AlertDetail => ({
  alert: alert(),
  why: 'One event on one host.',
  explanation: null,
  conditions: [],
  occurrences: [],
  activity: [],
  prevalence: { commandHosts: 1, shapeAlerts: 1, totalHosts: 24, commandFirstSeen: null, commandEvents: 1 },
  notes: [],
  ...members,
});

export const guideStep = (members: Partial<GuideStep> = {}): GuideStep => ({
  id: 'command-line',
  kind: 'investigate',
  title: 'Read the command',
  ask: 'What was run?',
  detail: 'Why it matters.',
  fields: [],
  query: null,
  hints: [],
  conditions: [],
  findings: ['expected', 'suspicious', 'unknown', 'not-applicable'],
  notCovered: null,
  exceptionFields: [],
  commands: [],
  ...members,
});
