import type { EventNumber } from '#server/store/event-store.ts';
import type { Instant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { countOf, type Session, type SqlRow, type SqlValues } from '../connection.ts';
import { fieldColumns } from '../load/field-columns.ts';
import { textIn } from '../result.ts';
import { quoteName } from '../sql/identifier.ts';
import { selectedText, selectedTexts } from '../sql/text-result.ts';

/** What names a process: its entity id, or host and pid in records that have none. */
export type ProcessKey =
  | { readonly kind: 'entity'; readonly id: string }
  | { readonly kind: 'pid'; readonly host: string; readonly pid: number };

/** An event with the processes that it links. */
export interface LinkedEvent {
  readonly number: EventNumber;
  readonly at: Instant;
  readonly own: ProcessKey | null;
  readonly parent: ProcessKey | null;
  /** Entity ids of further ancestors, nearest first. */
  readonly ancestry: readonly string[];
}

const TEXT_FIELDS = ['host.id', 'process.entity_id', 'process.parent.entity_id'] as const;
const PID_FIELDS = ['process.pid', 'process.parent.pid'] as const;
const ANCESTRY = 'process.Ext.ancestry';
const TIMESTAMP = '@timestamp';

/** The column of a field, or NULL in a store without it. */
export const columnOrNull = (catalogue: FieldCatalogue, name: string, type: string): string =>
  columnFor(catalogue, name) ?? `NULL::${type}`;

function columnFor(catalogue: FieldCatalogue, name: string): string | null {
  const column = fieldColumns(catalogue).get(name);
  return column === undefined ? null : quoteName(column);
}

/** Which events are wanted: a condition with its values. */
interface Wanted {
  readonly condition: string;
  readonly values: SqlValues;
  readonly ancestry: boolean;
}

/** The links of these events, in no order. */
export async function linkedEvents(
  session: Session,
  catalogue: FieldCatalogue,
  { condition, values, ancestry: wantsAncestry }: Wanted,
): Promise<readonly LinkedEvent[]> {
  const texts = TEXT_FIELDS.map(
    (name) => `${selectedText(columnOrNull(catalogue, name, 'VARCHAR'))} AS ${quoteName(name)}`,
  );
  const pids = PID_FIELDS.map((name) => `${columnOrNull(catalogue, name, 'BIGINT')} AS ${quoteName(name)}`);
  const ancestors = wantsAncestry && catalogue.find(ANCESTRY)?.many ? columnFor(catalogue, ANCESTRY) : null;
  const ancestry = ancestors === null ? 'NULL' : selectedTexts(ancestors);
  const rows = await session.rows(
    `SELECT seq, epoch_ms(${columnOrNull(catalogue, TIMESTAMP, 'TIMESTAMP')}) AS seen_at,
      ${[...texts, ...pids].join(', ')}, ${ancestry} AS ancestry
    FROM events WHERE ${condition}`,
    values,
  );
  return rows.map(linkedEvent);
}

function linkedEvent(row: SqlRow): LinkedEvent {
  return {
    number: countOf(row['seq']),
    at: countOf(row['seen_at']),
    own: keyFrom(row, 'process'),
    parent: keyFrom(row, 'process.parent'),
    ancestry: Array.isArray(row['ancestry']) ? row['ancestry'].map(String) : [],
  };
}

function keyFrom(row: SqlRow, prefix: 'process' | 'process.parent'): ProcessKey | null {
  const [entity, pid] = [row[`${prefix}.entity_id`], row[`${prefix}.pid`]];
  if (typeof entity === 'string') return { kind: 'entity', id: entity };
  return typeof pid === 'bigint' ? { kind: 'pid', host: textIn(row['host.id']), pid: Number(pid) } : null;
}

/** A text that two keys share exactly where they name the same process. */
export const keyText = (key: ProcessKey): string =>
  key.kind === 'entity' ? `entity ${key.id}` : `pid ${key.pid} ${key.host}`;
