import type { EventStore } from '#server/store/event-store.ts';
import { formatInstant } from '#shared/base/time.ts';
import { aggregate, planBuilder } from '#shared/plan/build.ts';
import { allOf } from '#shared/plan/expression.ts';
import { ask } from './ask.ts';
import { numberOf } from './summary.ts';

const COMMAND_LINE = 'process.command_line';

/** How often and where a command line was run: events, hosts, and when first; out of all hosts of the store. */
export async function prevalenceOf(
  store: EventStore,
  commandLine: string,
): Promise<{ hosts: number; totalHosts: number; events: number; firstSeen: string | null }> {
  const { column, oneOf } = planBuilder(store.catalogue);
  const [[row], { hosts: totalHosts }] = await Promise.all([
    ask(
      store,
      [
        { kind: 'filter', where: allOf([oneOf('event.action', ['exec']), oneOf(COMMAND_LINE, [commandLine])]) },
        {
          kind: 'aggregate',
          aggregates: [
            aggregate('events', 'count'),
            aggregate('hosts', 'count-distinct', column('host.id')),
            aggregate('first', 'min', column('@timestamp')),
          ],
          keys: [],
        },
        { kind: 'limit', count: 1 },
      ],
      Date.now(),
    ),
    store.statistics(),
  ]);
  const first = numberOf(row?.['first']);
  return {
    hosts: numberOf(row?.['hosts']) ?? 0,
    totalHosts,
    events: numberOf(row?.['events']) ?? 0,
    firstSeen: first === null ? null : formatInstant(first),
  };
}
