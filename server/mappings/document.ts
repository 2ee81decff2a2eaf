import { type CompletedRecord, hostKey } from './complete.ts';
import { digest } from './digest.ts';
import type { JsonObject } from './json.ts';
import type { Account, ProcessFields, ProcessRecord } from './record.ts';

/**
 * The ECS document of a record, as one line. `event.original` holds the lines it is made of; `oddspawn.derived` names the
 * fields that were looked up in other records.
 */
export function documentOf({ record, process, parent, derived }: CompletedRecord): string {
  const { host, time, action, source } = record;
  const hostId = hostKey(record) || undefined;
  const document: JsonObject = {
    '@timestamp': time.text,
    event: {
      id: eventId(record),
      kind: record.isAlert ? 'alert' : 'event',
      category: ['process'],
      type: [typeOf(action)],
      action,
      module: source,
      dataset: `${source}.process`,
      sequence: record.sequence,
      ...record.moreEvent,
      original: record.original,
    },
    host: { id: hostId, name: host.name ?? hostId, os: { type: 'linux' } },
    agent: { id: record.agentId ?? hostId, type: source },
    ...named('user', record.user),
    ...named('group', record.group),
    process: {
      ...processOf(process),
      end: process.end,
      exit_code: process.exitCode,
      ...named('user', record.user),
      ...named('group', record.group),
      ...record.moreProcess,
      ...parentOf(parent),
    },
    ...record.more,
    ...aside(derived, record.resolvedExecutable),
  };
  return JSON.stringify(document);
}

/** What stands in no ECS field. */
const aside = (derived: readonly string[], resolved: string | undefined): JsonObject =>
  derived.length === 0 && resolved === undefined
    ? {}
    : { oddspawn: { derived: derived.length > 0 ? derived : undefined, resolved_executable: resolved } };

const typeOf = (action: ProcessRecord['action']): string =>
  action === 'end' ? 'end' : action === 'already_running' ? 'info' : 'start';

const named = (key: string, account: Account | undefined): JsonObject =>
  account?.id === undefined && account?.name === undefined ? {} : { [key]: { id: account.id, name: account.name } };

const processOf = (fields: ProcessFields): JsonObject => ({
  pid: fields.pid,
  entity_id: fields.entityId,
  executable: fields.executable,
  name: fields.name,
  args: fields.args,
  args_count: fields.args?.length,
  command_line: fields.commandLine,
  working_directory: fields.workingDirectory,
  start: fields.start,
});

const parentOf = (parent: ProcessFields): JsonObject =>
  Object.values(parent).some((value) => value !== undefined) ? { parent: processOf(parent) } : {};

/**
 * Equal for the same record, however often it is sent and whatever was known by then. Where the source does not number its
 * records, the command tells two of one time apart.
 */
function eventId(record: ProcessRecord): string {
  const { process, sequence } = record;
  const command = sequence === undefined ? [process.executable, process.commandLine] : [];
  return digest(
    hostKey(record),
    process.entityId ?? process.pid,
    record.action,
    record.time.text,
    sequence,
    ...command,
    record.isAlert ? record.original : undefined,
  );
}
