import type { Selectable } from 'kysely';
import { cellsColumn, namesColumn } from '#server/alerts/row.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { AlertTable } from '#server/state/tables.ts';
import type { Alert } from '#shared/alert/alert.ts';
import type { JudgedAlert } from './judged-alert.ts';

const COLUMNS = [
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

/** The newest alerts of a rule that are looked at. */
const MOST_ALERTS = 100_000;
/** An entry's value is at most so long. */
const MOST_LENGTH = 8192;

/** A rule's alerts, one about each set of keys, with what analysts thought of any of them. */
export async function readJudged(
  state: StateReader,
  rule: string,
  isSeen: (field: string) => boolean,
): Promise<readonly JudgedAlert[]> {
  const rows = await state
    .selectFrom('alerts')
    .select(COLUMNS)
    .where('rule', '=', rule)
    .orderBy('raisedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_ALERTS)
    .execute();
  const alerts = new Map<string, JudgedAlert>();
  for (const row of rows) {
    const known = alerts.get(row.keysDigest);
    const stand = standOf(row);
    if (!known) {
      const likeness = JSON.stringify([row.commandShape ?? row.keys, row.parentExecutable]);
      alerts.set(row.keysDigest, { id: row.keysDigest, stand, likeness, facts: factsOf(row, isSeen) });
    } else if (WEIGHT[stand] > WEIGHT[known.stand]) alerts.set(row.keysDigest, { ...known, stand });
  }
  return [...alerts.values()];
}

/** Of several alerts about the same, the gravest judgement counts. */
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
