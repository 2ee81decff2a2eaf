import type { SourceEvent } from '#shared/evaluate/evaluate.ts';
import type { FlatDocument } from '#shared/event/document.ts';

/** What links events of processes: entity ids, or host and pid where a record has no entity id. */
interface Links {
  readonly own: readonly string[];
  readonly parents: readonly string[];
}

/**
 * Events related to these: ancestors, nearest first, then the processes themselves and their descendants by time. Pids are
 * taken at their word; a life's limits are for the tree to find.
 */
export function relatedEvents(events: readonly SourceEvent[], numbers: readonly number[]): readonly SourceEvent[] {
  const byProcess = indexBy(events, ({ own }) => own);
  const byParent = indexBy(events, ({ parents }) => parents.slice(0, 1));
  const subjects = events.filter(({ number }) => numbers.includes(number));
  const up = (event: SourceEvent) => linksOf(event.document).parents.flatMap((key) => byProcess.get(key) ?? []);
  const down = (event: SourceEvent) =>
    linksOf(event.document).own.flatMap((key) => [...(byProcess.get(key) ?? []), ...(byParent.get(key) ?? [])]);
  const below = reach(subjects, down);
  const above = [...reach(subjects, up)].filter((event) => !below.has(event));
  return [
    ...above,
    ...[...below].toSorted((left, right) => timeOf(left) - timeOf(right) || left.number - right.number),
  ];
}

function indexBy(
  events: readonly SourceEvent[],
  keysOf: (links: Links) => readonly string[],
): ReadonlyMap<string, readonly SourceEvent[]> {
  const index = new Map<string, SourceEvent[]>();
  for (const event of events) {
    for (const key of keysOf(linksOf(event.document))) {
      const same = index.get(key);
      if (same) same.push(event);
      else index.set(key, [event]);
    }
  }
  return index;
}

/** Everything that `next` leads to, the start included, near ones first. */
function reach(
  start: readonly SourceEvent[],
  next: (event: SourceEvent) => readonly SourceEvent[],
): ReadonlySet<SourceEvent> {
  const reached = new Set(start);
  // A set yields what is added while it is walked.
  for (const event of reached) for (const other of next(event)) reached.add(other);
  return reached;
}

function linksOf(document: FlatDocument): Links {
  const host = firstOf(document, 'host.id');
  const process = (prefix: string): readonly string[] => {
    const entity = firstOf(document, `${prefix}.entity_id`);
    const pid = firstOf(document, `${prefix}.pid`);
    if (entity !== null) return [`entity ${entity}`];
    return pid === null ? [] : [`pid ${pid} ${host ?? ''}`];
  };
  const ancestry = document.get('process.Ext.ancestry') ?? [];
  return {
    own: process('process'),
    parents: [...process('process.parent'), ...ancestry.map((entity) => `entity ${entity}`)],
  };
}

const firstOf = (document: FlatDocument, field: string): string | null => {
  const value = document.get(field)?.[0];
  return value === undefined ? null : String(value);
};

const timeOf = ({ document }: SourceEvent): number => Number(document.get('@timestamp')?.[0] ?? 0);
