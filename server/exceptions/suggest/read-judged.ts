import { setImmediate as pause } from 'node:timers/promises';
import type { Selectable } from 'kysely';
import { cellsColumn, namesColumn } from '#server/alerts/row.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { AlertTable } from '#server/state/tables/alerts.ts';
import type { Alert } from '#shared/alert/alert.ts';
import type { JudgedAlert } from './judged-alert.ts';

const COLUMNS = [
  'id',
  'raisedAt',
  'keysDigest',
  'keys',
  'status',
  'verdict',
  'commandLine',
  'commandShape',
  'processName',
  'executable',
  'workingDirectory',
  'parentExecutable',
  'hosts',
  'users',
] as const;
type Row = Pick<Selectable<AlertTable>, (typeof COLUMNS)[number]>;

/** The newest alerts of a rule that are looked at, and how many at once: reading them keeps others from their turn. */
const MOST_ALERTS = 100_000;
const PAGE = 2_000;
/** An entry's value is at most so long. */
const MOST_LENGTH = 8192;

/** A rule's alerts, one about each set of keys, with what analysts thought of any of them. */
export async function readJudged(
  state: StateReader,
  rule: string,
  isSeen: (field: string) => boolean,
  signal?: AbortSignal,
): Promise<readonly JudgedAlert[]> {
  const alerts = new Map<string, JudgedAlert>();
  let last: Row | undefined;
  for (let read = 0; read < MOST_ALERTS; read += PAGE) {
    signal?.throwIfAborted();
    const rows = await pageOf(state, rule, last);
    for (const row of rows) {
      const known = alerts.get(row.keysDigest);
      alerts.set(row.keysDigest, known ? joined(known, row, isSeen) : judgedAlert(row, isSeen));
    }
    last = rows.at(-1);
    if (rows.length < PAGE) break;
    await pause();
  }
  return [...alerts.values()];
}

/** The newest alerts, or those that follow one: found in the index `alerts_by_rule_age`. */
function pageOf(state: StateReader, rule: string, after: Row | undefined): Promise<Row[]> {
  const newest = state
    .selectFrom('alerts')
    .select(COLUMNS)
    .where('rule', '=', rule)
    .orderBy('raisedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(PAGE);
  if (!after) return newest.execute();
  return newest.where((is) => is(is.refTuple('raisedAt', 'id'), '<', is.tuple(after.raisedAt, after.id))).execute();
}

function judgedAlert(row: Row, isSeen: (field: string) => boolean): JudgedAlert {
  const likeness = JSON.stringify([row.commandShape ?? row.keys, row.parentExecutable]);
  const { raisedAt, keysDigest: id } = row;
  return { id, raisedAt, stand: standOf(row), likeness, facts: factsOf(row, isSeen) };
}

/** Of several alerts about the same, the gravest judgement counts, and what the newest says. */
function joined(known: JudgedAlert, row: Row, isSeen: (field: string) => boolean): JudgedAlert {
  const own = standOf(row);
  const stand = WEIGHT[own] > WEIGHT[known.stand] ? own : known.stand;
  return { ...(row.raisedAt > known.raisedAt ? judgedAlert(row, isSeen) : known), stand };
}

const WEIGHT: Readonly<Record<JudgedAlert['stand'], number>> = { free: 0, open: 1, noise: 2, kept: 3 };

function standOf({ status, verdict }: Row): JudgedAlert['stand'] {
  // Somebody is at work on it, or could not tell.
  if (status === 'acknowledged' || verdict === 'inconclusive') return 'kept';
  if (verdict?.startsWith('true-positive')) return 'kept';
  if (verdict === 'false-positive') return 'noise';
  return status === 'open' ? 'open' : 'free';
}

function factsOf(row: Row, isSeen: (field: string) => boolean): ReadonlyMap<string, string> {
  const only = (text: string): string | null => {
    const [first = null, ...more] = namesColumn.read(text);
    return more.length === 0 ? first : null;
  };
  const facts: Alert['keys'] = {
    'process.command_line': row.commandLine,
    'process.executable': row.executable,
    'process.name': row.processName,
    'process.working_directory': row.workingDirectory,
    'process.parent.executable': row.parentExecutable,
    'user.name': only(row.users),
    'host.name': only(row.hosts),
    ...cellsColumn.read(row.keys),
  };
  return new Map(
    Object.entries(facts).flatMap(([field, value]) => {
      if (value === null || typeof value === 'object' || !isSeen(field)) return [];
      const text = String(value);
      return text === '' || text.length > MOST_LENGTH ? [] : [[field, text] as const];
    }),
  );
}
