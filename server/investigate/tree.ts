import type { EventStore } from '#server/store/event-store.ts';
import { aggregate, eventsNumbered, planBuilder } from '#shared/plan/build.ts';
import { type Row, type Value, valuesOf } from '#shared/plan/value.ts';
import { buildTree } from '#shared/tree/build-tree.ts';
import type { ProcessNode, ProcessTree } from '#shared/tree/process.ts';
import type { ProcessEvent } from '#shared/tree/process-event.ts';
import { ask } from './ask.ts';
import { numberOfEvent, publicIds } from './public-id.ts';
import { numberOf, textOf } from './summary.ts';

const COLUMNS = [
  '@timestamp',
  'event.id',
  'event.action',
  'event.sequence',
  'host.id',
  'host.name',
  'process.pid',
  'process.entity_id',
  'process.name',
  'process.executable',
  'process.command_line',
  'process.working_directory',
  'user.name',
  'user.id',
  'process.start',
  'process.end',
  'process.exit_code',
  'process.parent.pid',
  'process.parent.entity_id',
  'process.parent.name',
  'process.parent.executable',
  'process.parent.command_line',
  'process.parent.start',
] as const;

/**
 * Ancestors and descendants of the processes of these events, at most `budget` events of them.
 * @param alertsByEvent alerts to mark, by public event id
 */
export async function processTree(
  store: EventStore,
  eventIds: readonly string[],
  alertsByEvent: ReadonlyMap<string, ProcessNode['alerts']>,
  budget: number,
): Promise<ProcessTree> {
  const subject = await store.numbersOf(eventIds);
  const { numbers, truncated } = await store.lineage([...subject.values()], budget);
  const rows =
    numbers.length === 0
      ? []
      : await ask(
          store,
          [
            { kind: 'filter', where: eventsNumbered(numbers) },
            { kind: 'keep', columns: COLUMNS },
          ],
          Date.now(),
        );
  const idOf = await publicIds(store, rows);
  const events = rows.map((row) => processEvent(row, idOf(row)));
  const prevalence = await edgePrevalence(store, events);
  return buildTree(events, { subject: new Set(eventIds), alertsByEvent, prevalence, truncated });
}

function processEvent(row: Row, id: string): ProcessEvent {
  return {
    id,
    at: numberOf(row['@timestamp']) ?? 0,
    order: [numberOf(row['event.sequence']) ?? 0, numberOfEvent(row)],
    host: textOf(row['host.id']) ?? textOf(row['host.name']),
    hostName: textOf(row['host.name']),
    pid: numberOf(row['process.pid']),
    entityId: textOf(row['process.entity_id']),
    actions: strings(row['event.action']),
    name: textOf(row['process.name']),
    executable: textOf(row['process.executable']),
    commandLine: textOf(row['process.command_line']),
    workingDirectory: textOf(row['process.working_directory']),
    user: textOf(row['user.name']) ?? textOf(row['user.id']),
    start: numberOf(row['process.start']),
    end: numberOf(row['process.end']),
    exitCode: numberOf(row['process.exit_code']),
    parent: {
      pid: numberOf(row['process.parent.pid']),
      entityId: textOf(row['process.parent.entity_id']),
      name: textOf(row['process.parent.name']),
      executable: textOf(row['process.parent.executable']),
      commandLine: textOf(row['process.parent.command_line']),
      start: numberOf(row['process.parent.start']),
    },
  };
}

const strings = (value: Value | undefined): string[] => valuesOf(value).map(String);

/** On how many hosts each parent started each child, for the names that occur in a tree. */
async function edgePrevalence(
  store: EventStore,
  events: readonly ProcessEvent[],
): Promise<(parentName: string, name: string) => ProcessNode['prevalence']> {
  const names = distinct(events.map((event) => event.name));
  const parents = distinct(events.map((event) => event.parent.name));
  if (names.length === 0 || parents.length === 0) return () => null;
  const build = planBuilder(store.catalogue);
  const [edges, { hosts }] = await Promise.all([
    ask(
      store,
      [
        {
          kind: 'filter',
          where: {
            kind: 'and',
            operands: [
              build.oneOf('event.action', ['exec']),
              build.oneOf('process.parent.name', parents),
              build.oneOf('process.name', names),
            ],
          },
        },
        {
          kind: 'aggregate',
          aggregates: [aggregate('hosts', 'count-distinct', build.column('host.id'))],
          keys: [
            { name: 'parent', value: build.column('process.parent.name') },
            { name: 'child', value: build.column('process.name') },
          ],
        },
      ],
      Date.now(),
    ),
    store.statistics(),
  ]);
  const counts = new Map(
    edges.map((edge) => [
      edgeKey(textOf(edge['parent']) ?? '', textOf(edge['child']) ?? ''),
      numberOf(edge['hosts']) ?? 0,
    ]),
  );
  return (parent, name) => {
    const count = counts.get(edgeKey(parent, name));
    return count === undefined ? null : { hosts: count, ofHosts: hosts };
  };
}

const edgeKey = (parent: string, child: string): string => `${parent}\0${child}`;

const distinct = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value) => value !== null)),
];
