import { MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { flattener } from '#shared/event/document.ts';
import { catalogueOf } from '#shared/event/field.ts';
import { quoteName, quoteText } from '../sql/identifier.ts';
import { canReadBySql } from './field-columns.ts';
import type { Job } from './job.ts';
import { EVENT_ID, fieldsToRead } from './normalise.ts';
import { isObject, type Reading, readingOf, type Structure } from './reading.ts';
import { type Sample, sampleOf } from './sample.ts';
import { hasShortLines } from './short-lines.ts';

/**
 * How to read a file whose records are all alike by one strict parse, which costs half of what a parse does that leaves the rest
 * of a file be when a line is broken; null where it cannot be. Such a parse shows no line as it came: where that
 * could tell more than the struct does, it is not for the file. What else is amiss, the parse itself tells (`isUnlike`).
 */
export async function readingAtOnce({ layout, options }: Job, path: string): Promise<Reading | null> {
  const fields = fieldsToRead(layout);
  if (!canReadBySql(fields) || fields.some(isObject)) return null;
  const [sample, areShort] = await Promise.all([sampleOf(path), hasShortLines(path, options.signal)]);
  if (!areNamed(sample) || !areShort) return null;
  return readingOf(fields, sample);
}

/** Whether the strict parse has met a record that is not like the others. */
export const isUnlike = (error: unknown): boolean =>
  error instanceof Error && /JSON transform error|Malformed JSON|maximum_object_size/.test(error.message);

/**
 * The records of a file as the relation `record`, a column a key. The engine reads in pieces of twice the longest line that it is
 * told of, one a processor at a time: small ones stay in its cache, and keep all of them busy to the end.
 */
export function recordsAtOnce(path: string, { structure }: Reading): string {
  const columns = Object.entries(structure).map(([key, type]) => `${quoteText(key)}: ${quoteText(typeOf(type))}`);
  return `read_ndjson(${quoteText(path)}, columns = {${columns.join(', ')}}, records = 'true',
    compression = 'uncompressed', maximum_object_size = ${MAX_RECORD_BYTES / 2}) AS record`;
}

/**
 * What is unlikely is read as the least that there is, for which the engine has fifteen times less to lay out than for a text: a value
 * that is no boolean fails the parse, and so is not missed either.
 */
function typeOf(structure: Structure): string {
  if (structure === 'unlikely') return 'BOOLEAN';
  if (typeof structure === 'string') return structure;
  if (isListOfTexts(structure)) return 'VARCHAR[]';
  const members = Object.entries(structure).map(([key, type]) => `${quoteName(key)} ${typeOf(type)}`);
  return `STRUCT(${members.join(', ')})`;
}

const isListOfTexts = (structure: Structure): structure is readonly ['VARCHAR'] => Array.isArray(structure);

/** A record without an id is named by its line, which the strict parse does not show. */
function areNamed({ records }: Sample): boolean {
  const flatten = flattener(catalogueOf([EVENT_ID]));
  return records.length > 0 && records.every((record) => flatten(record).has(EVENT_ID.name));
}
