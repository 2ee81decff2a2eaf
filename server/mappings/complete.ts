import { formatInstant } from '#shared/base/time.ts';
import type { BoundedMap } from './bounded-map.ts';
import { digest } from './digest.ts';
import type { Life, Moment } from './process-facts.ts';
import type { ProcessTable } from './process-table.ts';
import type { Image, ProcessFields, ProcessRecord } from './record.ts';

/** A record with all that the process table knows about it. */
export interface CompletedRecord {
  readonly record: ProcessRecord;
  readonly process: ProcessRecord['process'];
  readonly parent: ProcessFields;
  /** ECS names of what did not stand in the record itself. */
  readonly derived: readonly string[];
}

/** What there is to look things up in. */
export interface Knowledge {
  readonly table: ProcessTable;
  /** Processes by a source's own entity id. */
  readonly entities: Pick<BoundedMap<ProcessRecord['process']>, 'get'>;
}

/** What tells one machine from another. */
export const hostKey = ({ host, unnamedHost }: ProcessRecord): string => host.id ?? host.name ?? unnamedHost ?? '';

export function completed(record: ProcessRecord, moment: Moment, known: Knowledge): CompletedRecord {
  const { host, unnamedHost } = record;
  const isUnnamed = host.id === undefined && host.name === undefined && unnamedHost !== undefined;
  const derived: string[] = isUnnamed ? ['host.id', 'host.name', 'agent.id'] : [];
  const { pid, entityId } = record.process;
  const life =
    pid === undefined || entityId !== undefined ? undefined : known.table.lifeAt(hostKey(record), pid, moment);
  const process = completeProcess(record, life, moment, known, derived);
  const parent = completeParent(record, life, moment, known, derived);
  return { record, process, parent, derived };
}

function completeProcess(
  record: ProcessRecord,
  life: Life | undefined,
  moment: Moment,
  { table, entities }: Knowledge,
  derived: string[],
): ProcessRecord['process'] {
  const { process, action } = record;
  const host = hostKey(record);
  const byId = process.entityId === undefined ? undefined : entities.get(process.entityId);
  const inherited = action === 'fork' && life ? table.inherited(host, life) : undefined;
  // It stays known when the parent is forgotten.
  if (life?.birth && inherited) life.birth.inherited ??= inherited;
  const last = action === 'end' && life ? table.imageAt(host, life, moment) : undefined;
  const image = action === 'fork' || action === 'end' ? (byId ?? inherited ?? last) : undefined;
  return filled(process, { ...(life && identityOf(host, life)), ...imageOf(image) }, 'process', derived);
}

/** The parent at birth: the one that an orphan is given later has not started it. */
function completeParent(
  record: ProcessRecord,
  life: Life | undefined,
  moment: Moment,
  { table, entities }: Knowledge,
  derived: string[],
): ProcessFields {
  const { parent, parentFallback } = record;
  const byId = parent.entityId === undefined ? undefined : entities.get(parent.entityId);
  const isTold = parent.executable !== undefined || parent.commandLine !== undefined;
  if (isTold || byId) return filled(parent, imageOf(byId), 'process.parent', derived);

  const pid = life?.parentPid ?? parent.pid;
  const isPresent = pid === parent.pid;
  const told = isPresent ? parent : {};
  const fallback = isPresent ? parentFallback : undefined;
  if (pid === undefined) return { ...fallback, ...told };
  const host = hostKey(record);
  const born = life?.birth?.moment ?? life?.start ?? moment;
  const of = table.lifeAt(host, pid, born);
  const image = of && imageOf(table.imageAt(host, of, born));
  const whole = filled(told, { pid, ...(of && identityOf(host, of)), ...image }, 'process.parent', derived);
  return { ...(image?.executable === undefined && fallback), ...whole };
}

const identityOf = (host: string, { pid, start }: Life): ProcessFields => ({
  entityId: digest(host, pid, start.at),
  start: formatInstant(start.at),
});

function imageOf(image: Image | undefined): Image {
  if (!image) return {};
  const { executable, name, args, commandLine, workingDirectory } = image;
  return { executable, name, args, commandLine, workingDirectory };
}

const ECS_NAMES = {
  pid: 'pid',
  entityId: 'entity_id',
  start: 'start',
  executable: 'executable',
  name: 'name',
  args: 'args',
  commandLine: 'command_line',
  workingDirectory: 'working_directory',
} as const satisfies Record<keyof ProcessFields, string>;

const FIELDS = Object.keys(ECS_NAMES) as (keyof ProcessFields)[];

/** The fields as given, and those of `known` that were not; their names go to `derived`. */
function filled(given: ProcessFields, known: ProcessFields, prefix: string, derived: string[]): ProcessFields {
  const missing = FIELDS.filter((key) => given[key] === undefined && known[key] !== undefined);
  derived.push(...missing.map((key) => `${prefix}.${ECS_NAMES[key]}`));
  return { ...given, ...Object.fromEntries(missing.map((key) => [key, known[key]])) };
}
