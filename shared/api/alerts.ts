import { z } from 'zod';
import {
  activitySchema,
  alertSchema,
  occurrenceSchema,
  statusSchema,
  tagSchema,
  verdictSchema,
} from '../alert/alert.ts';
import { processTreeSchema } from '../tree/process.ts';
import { endpoint, idParams, listParam } from './endpoint.ts';
import { eventSummarySchema } from './events.ts';

/** Every column of the queue. */
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
  'severity',
  'riskScore',
  'user',
  'parent',
  'executable',
  'workingDirectory',
  'verdict',
  'assignee',
  'tags',
  'guide',
] as const;

/** Properties of an alert that it can be narrowed to, or away from, and counted by. */
export const ALERT_FIELDS = [
  'commandShape',
  'rule',
  'host',
  'parentExecutable',
  'user',
  'status',
  'verdict',
  'severity',
  'assignee',
  'tag',
  'commandLine',
  'processName',
  'executable',
  'workingDirectory',
  'parentName',
] as const;
export type AlertField = (typeof ALERT_FIELDS)[number];

/** Longest condition: a command line can be long. */
const MOST_CONDITION = 40_000;

/** `host:shop4`; nothing behind the colon stands for alerts that have no such value. */
const conditionSchema = z
  .string()
  .max(MOST_CONDITION)
  .refine((text) => readCondition(text) !== null, 'must be a property, a colon and its value');

export interface AlertCondition {
  readonly field: AlertField;
  /** Null: without a value. */
  readonly value: string | null;
}

export function readCondition(text: string): AlertCondition | null {
  const colon = text.indexOf(':');
  const field = ALERT_FIELDS.find((name) => name === text.slice(0, colon));
  const value = text.slice(colon + 1);
  return colon < 0 || field === undefined ? null : { field, value: value === '' ? null : value };
}

export const writeCondition = ({ field, value }: AlertCondition): string => `${field}:${value ?? ''}`;

/** What narrows the queue: every member AND-ed, values of a list OR-ed, but for `only` and `not`. */
export const alertFilterSchema = z.object({
  status: listParam(statusSchema).optional(),
  verdict: listParam(verdictSchema).optional(),
  rule: listParam(z.string()).optional(),
  host: listParam(z.string()).optional(),
  user: listParam(z.string()).optional(),
  tag: listParam(z.string()).optional(),
  commandShape: listParam(z.string()).optional(),
  parentExecutable: listParam(z.string()).optional(),
  /** Conditions that all hold, each `field:value`. */
  only: listParam(conditionSchema).optional(),
  /** Conditions of which none holds. */
  not: listParam(conditionSchema).optional(),
  /** `stale`: with answers to steps of the guide that later data contradicts. */
  answers: z.literal('stale').optional(),
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
    counts: z.object({
      open: z.number().int(),
      acknowledged: z.number().int(),
      closed: z.number().int(),
      /** In whatever state, with answers that later data contradicts. */
      stale: z.number().int(),
    }),
  }),
});

export const alertGroupSchema = z.object({
  value: z.string().nullable(),
  alerts: z.number().int(),
  open: z.number().int(),
  hosts: z.number().int(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  /** Closed alerts by verdict; those closed without one are not counted. */
  verdicts: z.partialRecord(verdictSchema, z.number().int()),
});
export type AlertGroup = z.infer<typeof alertGroupSchema>;

export const groupAlerts = endpoint({
  method: 'GET',
  path: '/api/alerts/groups',
  summary: 'Alerts counted by one property',
  query: alertFilterSchema.extend({
    by: z.enum(ALERT_FIELDS),
    /** Which groups come first. */
    order: z.enum(['most', 'rarest', 'latest']).default('most'),
    limit: z.coerce.number().int().min(1).max(500).default(200),
  }),
  response: z.object({ groups: z.array(alertGroupSchema), total: z.number().int() }),
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

/** What another alert has to do with one, the closest first. */
export const RELATIONS = ['same keys', 'same process tree', 'same command shape', 'same host', 'same user'] as const;

export const relatedAlerts = endpoint({
  method: 'GET',
  path: '/api/alerts/:id/related',
  summary: 'Earlier alerts about the same keys with how they were closed, and other alerts nearby',
  params: idParams,
  response: z.object({
    earlier: z.array(
      z.object({
        alert: alertSchema,
        /** Who closed it last, and when; null while it is not closed. */
        closed: z.object({ by: z.string(), at: z.string() }).nullable(),
        /** The last note on it. */
        note: z.string().nullable(),
      }),
    ),
    related: z.array(z.object({ alert: alertSchema, relation: z.enum(RELATIONS) })),
  }),
});
export type RelatedAlerts = z.infer<typeof relatedAlerts.response>;

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
  addTags: z.array(tagSchema).max(50).optional(),
  removeTags: z.array(tagSchema).max(50).optional(),
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
  summary: 'Change status, verdict, assignee or tags, or add a note; can be undone',
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
