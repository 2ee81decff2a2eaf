import * as z from 'zod';
import { statusSchema, verdictSchema } from '../alert/alert.ts';
import { listParam } from './endpoint.ts';

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
