import { MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { flattener } from '#shared/event/document.ts';
import { catalogueOf } from '#shared/event/field.ts';
import { quoteName, quoteText } from '../sql/identifier.ts';
import { canReadBySql } from './field-columns.ts';
import type { Job } from './job.ts';
import { EVENT_ID, fieldsToRead, lineConditions } from './normalise.ts';
import { type Reading, readingOf, type Structure } from './reading.ts';
import { type Sample, sampleOf } from './sample.ts';

/**
 * How to read a file whose records are all alike by one strict parse, which costs half of what a parse does that leaves the rest
 * of a file be when a line is broken; null where it cannot be. Such a parse shows no line as it came: what must be
 * told from that is asked of all lines before. That something else is amiss, the parse itself tells (`isUnlike`).
 */
export async function readingAtOnce(job: Job, path: string): Promise<Reading | null> {
  const fields = fieldsToRead(job.layout);
  if (!canReadBySql(fields)) return null;
  const sample = await sampleOf(path);
  if (!areNamed(sample)) return null;
  const reading = readingOf(fields, sample);
  const { signal } = job.options;
  try {
    const odd = await job.session.rows(oddLineSql(path, lineConditions(fields, reading)), [], { signal });
    return odd.length === 0 ? reading : null;
  } catch {
    // Lines that even this cannot tell apart: bytes that are no text, or far too many of them.
    signal?.throwIfAborted();
    return null;
  }
}

/** Whether the strict parse has met a record that is not like the others. */
export const isUnlike = (error: unknown): boolean =>
  error instanceof Error && /JSON transform error|Malformed JSON|maximum_object_size/.test(error.message);

/** The records of a file as the relation `record`, a column a key. */
export function recordsAtOnce(path: string, { structure }: Reading): string {
  const columns = Object.entries(structure).map(([key, type]) => `${quoteText(key)}: ${quoteText(typeOf(type))}`);
  return `read_ndjson(${quoteText(path)}, columns = {${columns.join(', ')}}, records = 'true',
    compression = 'uncompressed', maximum_object_size = ${4 * MAX_RECORD_BYTES}) AS record`;
}

function typeOf(structure: Structure): string {
  if (typeof structure === 'string') return structure;
  if (Array.isArray(structure)) return `${structure[0]}[]`;
  const members = Object.entries(structure).map(([key, type]) => `${quoteName(key)} ${typeOf(type)}`);
  return `STRUCT(${members.join(', ')})`;
}

/** A record without an id is named by its line, which the strict parse does not show. */
function areNamed({ records }: Sample): boolean {
  const flatten = flattener(catalogueOf([EVENT_ID]));
  return records.length > 0 && records.every((record) => flatten(record).has(EVENT_ID.name));
}

/**
 * A row if a line is odd. Lines are taken as they are: the byte between columns is one that no JSON holds. A carriage return
 * could end a line early, within a record: such a part does not begin and end as records do.
 */
function oddLineSql(path: string, conditions: readonly string[]): string {
  const isRecord = [
    `starts_with(json, '{')`,
    `CASE WHEN ends_with(json, '}') THEN true ELSE regexp_matches(json, '\\}\\s*$') END`,
    ...conditions,
  ];
  return `SELECT 1 FROM read_csv(${quoteText(path)}, columns = {'json': 'VARCHAR'}, delim = chr(1), quote = '', escape = '',
    comment = '', header = false, auto_detect = false, compression = 'none', max_line_size = ${MAX_RECORD_BYTES}) AS lines
  WHERE json <> '' AND NOT (${isRecord.join(' AND ')}) LIMIT 1`;
}
