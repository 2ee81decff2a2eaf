import { z } from 'zod';
import { activitySchema, alertSchema, occurrenceSchema, statusSchema, verdictSchema } from '../alert/alert.ts';
import { processTreeSchema } from '../tree/process.ts';
import { endpoint, idParams, listParam } from './endpoint.ts';
import { eventSummarySchema } from './events.ts';

export const ALERT_SORTS = [
  'lastSeen',
  'firstSeen',
  'raisedAt',
  'eventCount',
  'ruleName',
  'commandLine',
  'host',
  'status',
  'occurrences',
] as const;
export const ALERT_GROUPS = ['commandShape', 'rule', 'host', 'parentExecutable', 'user', 'status', 'verdict'] as const;

/** What narrows the queue: every member AND-ed, values of a list OR-ed. */
export const alertFilterSchema = z.object({
  status: listParam(statusSchema).optional(),
  verdict: listParam(verdictSchema).optional(),
  rule: listParam(z.string()).optional(),
  host: listParam(z.string()).optional(),
  user: listParam(z.string()).optional(),
  commandShape: listParam(z.string()).optional(),
  parentExecutable: listParam(z.string()).optional(),
  /** Words that must occur in command line, executable, parent, host or user; letter case does not matter. */
  text: z.string().max(500).optional(),
  /** ISO 8601; `lastSeen` at or after, `firstSeen` at or before. */
  from: z.string().optional(),
  to: z.string().optional(),
});
export type AlertFilter = z.infer<typeof alertFilterSchema>;

export const listAlerts = endpoint({
  method: 'GET',
  path: '/api/alerts',
  summary: 'Alerts of the queue, sorted and paged',
  query: alertFilterSchema.extend({
    sort: z.enum(ALERT_SORTS).default('lastSeen'),
    direction: z.enum(['ascending', 'descending']).default('descending'),
    offset: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  response: z.object({
    alerts: z.array(alertSchema),
    total: z.number().int(),
    /** Of all alerts, whatever the filter. */
    counts: z.object({ open: z.number().int(), acknowledged: z.number().int(), closed: z.number().int() }),
  }),
});

export const groupAlerts = endpoint({
  method: 'GET',
  path: '/api/alerts/groups',
  summary: 'Alerts counted by one property',
  query: alertFilterSchema.extend({
    by: z.enum(ALERT_GROUPS),
    limit: z.coerce.number().int().min(1).max(500).default(200),
  }),
  response: z.object({
    groups: z.array(
      z.object({
        value: z.string().nullable(),
        alerts: z.number().int(),
        open: z.number().int(),
        hosts: z.number().int(),
        lastSeen: z.string(),
      }),
    ),
    total: z.number().int(),
  }),
});

/** Alerts over time, for the strip above the queue. */
export const alertHistogram = endpoint({
  method: 'GET',
  path: '/api/alerts/histogram',
  summary: 'Alerts per time bucket and rule, by last seen',
  query: alertFilterSchema.extend({ buckets: z.coerce.number().int().min(1).max(200).default(60) }),
  response: z.object({
    bucketMs: z.number(),
    buckets: z.array(z.object({ at: z.string(), counts: z.record(z.string(), z.number().int()) })),
  }),
});

/** One clause of a rule with what it saw in one event. */
export interface ExplainedClause {
  /** Text of the clause as the rule has it. */
  readonly text: string;
  readonly operator: 'and' | 'or' | 'not' | 'leaf';
  readonly outcome: 'pass' | 'fail' | 'null';
  /** For leaves: field and values it saw, and the value or pattern that decided. */
  readonly field: string | null;
  readonly saw: readonly string[];
  readonly children: readonly ExplainedClause[];
}

export const explainedClauseSchema: z.ZodType<ExplainedClause> = z.lazy(() =>
  z.object({
    text: z.string(),
    operator: z.enum(['and', 'or', 'not', 'leaf']),
    outcome: z.enum(['pass', 'fail', 'null']),
    field: z.string().nullable(),
    saw: z.array(z.string()),
    children: z.array(explainedClauseSchema),
  }),
);

export const alertDetailSchema = z.object({
  alert: alertSchema,
  /** One sentence in plain words with the measured values. */
  why: z.string(),
  /** The rule's filter on the alert's first event. */
  explanation: explainedClauseSchema.nullable(),
  /** Group conditions after counting, with the numbers they saw. */
  conditions: z.array(z.object({ text: z.string(), saw: z.string(), outcome: z.enum(['pass', 'fail', 'null']) })),
  occurrences: z.array(occurrenceSchema),
  activity: z.array(activitySchema),
  /** Hosts with the same command line, of all hosts in the store; and of the command shape. */
  prevalence: z.object({
    commandHosts: z.number().int(),
    shapeAlerts: z.number().int(),
    totalHosts: z.number().int(),
    commandFirstSeen: z.string().nullable(),
    commandEvents: z.number().int(),
  }),
  related: z.array(alertSchema),
  /** Free text kept with the alert. */
  notes: z.array(z.object({ id: z.string(), at: z.string(), author: z.string(), text: z.string() })),
});
export type AlertDetail = z.infer<typeof alertDetailSchema>;

export const getAlert = endpoint({
  method: 'GET',
  path: '/api/alerts/:id',
  summary: 'One alert with why it fired, its history and its surroundings',
  params: idParams,
  response: alertDetailSchema,
});

export const alertEvents = endpoint({
  method: 'GET',
  path: '/api/alerts/:id/events',
  summary: 'Events that contributed to an alert, by time',
  params: idParams,
  query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(200) }),
  response: z.object({ events: z.array(eventSummarySchema), total: z.number().int(), missing: z.number().int() }),
});

export const alertTree = endpoint({
  method: 'GET',
  path: '/api/alerts/:id/tree',
  summary: 'Ancestors and descendants of the processes of an alert',
  params: idParams,
  query: z.object({ budget: z.coerce.number().int().min(10).max(20_000).default(2000) }),
  response: processTreeSchema,
});

/** What an analyst may change on alerts, one or many at a time. */
export const alertChangeSchema = z.object({
  status: statusSchema.optional(),
  /** Only together with, or on, status `closed`. */
  verdict: verdictSchema.nullable().optional(),
  assignee: z.string().max(100).nullable().optional(),
  note: z.string().trim().min(1).max(10_000).optional(),
});
export type AlertChange = z.infer<typeof alertChangeSchema>;

/** Alerts by id, or all that a filter meets except some. */
export const alertSelectionSchema = z.union([
  z.object({ ids: z.array(z.string()).min(1).max(10_000) }),
  z.object({ filter: alertFilterSchema, except: z.array(z.string()).max(10_000) }),
]);

export const changeAlerts = endpoint({
  method: 'POST',
  path: '/api/alerts/changes',
  summary: 'Change status, verdict, assignee or add a note; can be undone',
  body: z.object({ selection: alertSelectionSchema, change: alertChangeSchema }),
  response: z.object({ changed: z.number().int(), undo: z.string() }),
});

export const undoChange = endpoint({
  method: 'POST',
  path: '/api/undo/:id',
  summary: 'Take a change back, where nothing has changed since; says what could not be taken back',
  params: idParams,
  response: z.object({ restored: z.number().int(), skipped: z.number().int() }),
});
