import { linesOf, MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { parseRecord } from '#server/store/records/parse-record.ts';
import { parseInstant } from '#shared/base/time.ts';
import { catalogueOf, type Field, type FieldCatalogue, type FieldType } from '#shared/event/field.ts';
import { nestedAbove } from '#shared/event/known-fields.ts';
import { widen } from '#shared/event/widen.ts';

/** What has been seen of a field's values. */
interface Seen {
  readonly kinds: Set<Kind>;
  many: boolean;
}

type Kind = 'boolean' | 'long' | 'double' | 'date' | 'text';

/**
 * The fields of records whose mapping nobody gave. Known names are what `known` says; others by their values: booleans,
 * whole numbers, numbers, ISO dates, and keywords for everything else and for mixtures. Lists of objects are one field a member, as
 * Elasticsearch maps them by itself, but for those that Elastic's schemas know as lists of objects that are each asked for themselves.
 */
export function inferFields(known: FieldCatalogue): FieldInference {
  const seen = new Map<string, Seen>();
  return {
    look: (record) => collect(record, '', false, seen),
    fields: () => {
      const named = [...seen].filter(([, { kinds }]) => kinds.size > 0);
      const inLists = new Set(named.map(([name]) => name).filter((name) => nestedAbove(name).length > 0));
      const plain = named
        .filter(([name]) => !inLists.has(name))
        .map(([name, { kinds, many }]) => known.find(name) ?? inferred(name, typeOf(kinds), many));
      return [...plain, ...widen(catalogueOf([]), inLists).fields].sort(byName);
    },
  };
}

const byName = (left: Field, right: Field): number => (left.name < right.name ? -1 : 1);

export interface FieldInference {
  /** Takes a parsed record into account. */
  look(record: object): void;
  /** By name. */
  fields(): readonly Field[];
}

const inferred = (name: string, type: FieldType, many: boolean): Field => ({ name, type, ...(many && { many }) });

/** Deepest nesting that makes fields; a name of more parts is nobody's field, and its sender decides how deep it is. */
const DEEPEST = 20;

function collect(value: unknown, path: string, inList: boolean, seen: Map<string, Seen>, depth = 0): void {
  if (value === null || value === undefined || depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const element of value) collect(element, path, inList || value.length > 1, seen, depth + 1);
  } else if (typeof value === 'object') {
    for (const [key, member] of Object.entries(value)) {
      collect(member, path === '' ? key : `${path}.${key}`, inList, seen, depth + 1);
    }
  } else if (path !== '') {
    const field = seen.get(path) ?? { kinds: new Set<Kind>(), many: false };
    seen.set(path, field);
    field.kinds.add(kindOf(value));
    field.many ||= inList;
  }
}

function kindOf(value: unknown): Kind {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'double';
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) && parseInstant(value) !== null
    ? 'date'
    : 'text';
}

function typeOf(kinds: ReadonlySet<Kind>): FieldType {
  const [only] = kinds;
  if (kinds.size === 1 && only !== undefined) return only === 'text' ? 'keyword' : only;
  return kinds.size === 2 && kinds.has('long') && kinds.has('double') ? 'double' : 'keyword';
}

/** Lets an inference look at every record of a file of plain NDJSON; lines that are no records are passed over. */
export async function lookThrough(path: string, inference: FieldInference, signal: AbortSignal): Promise<void> {
  for await (const { bytes, cutFrom } of linesOf(path, MAX_RECORD_BYTES, signal)) {
    const record = cutFrom === undefined ? parseRecord(bytes.toString('utf8')) : null;
    if (record?.ok) inference.look(record.value);
  }
}
