import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import { Refusal } from '#server/refusal.ts';
import type { AlertTable, AlertValueTable } from '#server/state/tables/alerts.ts';
import type { Tables } from '#server/state/tables/tables.ts';
import { type AlertField, type AlertFilter, readCondition } from '#shared/api/alert-filter.ts';
import { formatInstant, parseInstant } from '#shared/base/time.ts';

/** Where the values of a property are: in a column of the alert, or in rows of their own where it can have several. */
export const FIELD_HOMES = {
  commandShape: { column: 'commandShape' },
  rule: { column: 'rule' },
  parentExecutable: { column: 'parentExecutable' },
  status: { column: 'status' },
  verdict: { column: 'verdict' },
  severity: { column: 'severity' },
  assignee: { column: 'assignee' },
  commandLine: { column: 'commandLine' },
  processName: { column: 'processName' },
  executable: { column: 'executable' },
  workingDirectory: { column: 'workingDirectory' },
  parentName: { column: 'parentName' },
  host: { kind: 'host' },
  user: { kind: 'user' },
  tag: { kind: 'tag' },
} as const satisfies Record<AlertField, { column: keyof AlertTable } | { kind: AlertValueTable['kind'] }>;

const LISTS = ['status', 'verdict', 'rule', 'host', 'user', 'tag', 'commandShape', 'parentExecutable'] as const;

/** `text` as a LIKE pattern that means exactly this text, anywhere; `\` is the escape. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;

/** With answers that later data contradicts. The number stands in the text: only so is the index of such alerts used. */
export const HAS_STALE = sql<SqlBool>`${sql.ref('alerts.stepsStale')} > 0`;

const words = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

/** An ISO 8601 bound as stored times are written, so that text compares as time. */
function instantText(path: string, text: string): string {
  const instant = parseInstant(text);
  if (instant === null) {
    throw new Refusal('invalid-request', 'A time must be ISO 8601.', {
      details: [{ path, message: `not a time: ${text}` }],
    });
  }
  return formatInstant(instant);
}

/**
 * What a filter means, for a query over `alerts`. An empty list narrows nothing, as an absent one.
 */
export function meets(filter: AlertFilter): Expression<SqlBool> {
  const build = expressionBuilder<Tables, 'alerts'>();
  const conditions: Expression<SqlBool>[] = [];
  for (const field of LISTS) {
    const values = filter[field] ?? [];
    if (values.length > 0) conditions.push(hasOneOf(field, values));
  }
  for (const text of filter.only ?? []) conditions.push(holds(text));
  for (const text of filter.not ?? []) conditions.push(build.not(holds(text)));
  if (filter.answers === 'stale') conditions.push(HAS_STALE);
  for (const word of words(filter.text ?? '')) {
    conditions.push(sql<SqlBool>`${sql.ref('alerts.searchText')} like ${containing(word)} escape '\\'`);
  }
  if (filter.from !== undefined) conditions.push(build('alerts.lastSeen', '>=', instantText('from', filter.from)));
  if (filter.to !== undefined) conditions.push(build('alerts.firstSeen', '<=', instantText('to', filter.to)));
  return build.and(conditions);
}

/** Whether a `field:value` holds: never unknown, so that its negation is the rest. */
function holds(text: string): Expression<SqlBool> {
  const condition = readCondition(text);
  if (condition === null) throw new Refusal('invalid-request', `Not a condition: ${text.slice(0, 100)}`);
  return hasOneOf(condition.field, condition.value === null ? null : [condition.value]);
}

/** Whether the property has one of the values; null asks for none at all. */
function hasOneOf(field: AlertField, values: readonly string[] | null): Expression<SqlBool> {
  const build = expressionBuilder<Tables, 'alerts'>();
  const home = FIELD_HOMES[field];
  if ('column' in home) {
    const column = `alerts.${home.column}` as const;
    if (values === null) return build(column, 'is', null);
    return build.and([build(column, 'is not', null), build(column, 'in', [...values])]);
  }
  const own = build
    .selectFrom('alertValues')
    .select('alertValues.value')
    .whereRef('alertValues.alertId', '=', 'alerts.id')
    .where('alertValues.kind', '=', home.kind);
  return values === null
    ? build.not(build.exists(own))
    : build.exists(own.where('alertValues.value', 'in', [...values]));
}
