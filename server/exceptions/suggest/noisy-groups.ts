import { sql } from 'kysely';
import type { StateReader } from '#server/state/open-state.ts';
import type { NoisyGroup } from '#shared/api/exception-suggestions.ts';
import type { ExceptionEntry } from '#shared/exceptions/item.ts';
import { shapePattern } from '#shared/exceptions/shape-pattern.ts';

const MOST_GROUPS = 6;
/** Fewer alerts are no noise. */
const LEAST = 3;

/** The groups of a rule's alerts, by command shape and parent, that it raises most of. */
export async function noisyGroups(
  state: StateReader,
  rule: string,
  isSeen: (field: string) => boolean,
): Promise<NoisyGroup[]> {
  const counted = (condition: ReturnType<typeof sql>) => sql<number>`sum(case when ${condition} then 1 else 0 end)`;
  const rows = await state
    .selectFrom('alerts')
    .where('rule', '=', rule)
    .groupBy(['commandShape', 'parentExecutable'])
    .select((select) => [
      'commandShape as shape',
      'parentExecutable as parent',
      select.fn.countAll<number>().as('alerts'),
      select.fn.sum<number>('occurrenceCount').as('occurrences'),
      select.fn.min<string | null>('commandLine').as('commandLine'),
      counted(sql`status != 'closed'`).as('open'),
      counted(sql`verdict = 'false-positive'`).as('falsePositives'),
      counted(sql`verdict like 'true-positive%'`).as('truePositives'),
    ])
    .having((select) => select.fn.countAll<number>(), '>=', LEAST)
    .orderBy('alerts', 'desc')
    .orderBy('shape')
    .orderBy('parent')
    .limit(MOST_GROUPS)
    .execute();
  return rows.map(({ commandLine, ...group }) => ({
    ...group,
    occurrences: Number(group.occurrences),
    entries: entriesOf(commandLine, group.parent).filter(({ field }) => isSeen(field)),
  }));
}

function entriesOf(commandLine: string | null, parent: string | null): ExceptionEntry[] {
  const is = (field: string, value: string | null): ExceptionEntry[] =>
    value ? [{ type: 'match', field, operator: 'included', value }] : [];
  const pattern = commandLine === null ? null : shapePattern(commandLine);
  const command: ExceptionEntry[] =
    pattern === null
      ? is('process.command_line', commandLine)
      : [{ type: 'wildcard', field: 'process.command_line', operator: 'included', value: pattern }];
  return [...command, ...is('process.parent.executable', parent)];
}
