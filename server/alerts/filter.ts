import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import { Refusal } from '#server/refusal.ts';
import type { AlertTable, Tables } from '#server/state/tables.ts';
import type { AlertFilter } from '#shared/api/alerts.ts';
import { formatInstant, parseInstant } from '#shared/base/time.ts';

/** Members of a filter that a column of the alert answers. */
const COLUMNS: Readonly<Record<'status' | 'verdict' | 'rule' | 'commandShape' | 'parentExecutable', keyof AlertTable>> =
  {
    status: 'status',
    verdict: 'verdict',
    rule: 'rule',
    commandShape: 'commandShape',
    parentExecutable: 'parentExecutable',
  };

/** `text` as a LIKE pattern that means exactly this text, anywhere; `\` is the escape. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;

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
  for (const [member, column] of Object.entries(COLUMNS) as [keyof typeof COLUMNS, keyof AlertTable][]) {
    const values = filter[member] ?? [];
    if (values.length > 0) conditions.push(build(`alerts.${column}`, 'in', [...values]));
  }
  for (const kind of ['host', 'user'] as const) {
    const values = filter[kind] ?? [];
    if (values.length === 0) continue;
    conditions.push(
      build.exists(
        build
          .selectFrom('alertValues')
          .select('alertValues.value')
          .whereRef('alertValues.alertId', '=', 'alerts.id')
          .where('alertValues.kind', '=', kind)
          .where('alertValues.value', 'in', [...values]),
      ),
    );
  }
  for (const word of words(filter.text ?? '')) {
    conditions.push(sql<SqlBool>`${sql.ref('alerts.searchText')} like ${containing(word)} escape '\\'`);
  }
  if (filter.from !== undefined) conditions.push(build('alerts.lastSeen', '>=', instantText('from', filter.from)));
  if (filter.to !== undefined) conditions.push(build('alerts.firstSeen', '<=', instantText('to', filter.to)));
  return build.and(conditions);
}
