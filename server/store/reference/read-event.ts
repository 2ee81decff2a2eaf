import { createHash } from 'node:crypto';
import { parseDocument } from '#server/store/records/parse-record.ts';
import { undatedBecause } from '#server/store/records/undated.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import { type FlatDocument, flattener } from '#shared/event/document.ts';
import { catalogueOf, type Field, type FieldCatalogue } from '#shared/event/field.ts';
import type { RawRecord } from './raw-record.ts';

/** A record that can be stored. */
export interface ReadEvent {
  /** `event.id`, else a digest of the record. */
  readonly id: string;
  /** The record as it came, without surrounding white space. */
  readonly text: string;
  readonly document: FlatDocument;
}

const TIMESTAMP = '@timestamp';
/** Names an event, also where the catalogue lacks it. */
const EVENT_ID: Field = { name: 'event.id', type: 'keyword', ignoreAbove: 1024 };

/** Reads records for a store of this catalogue; the error is the reason of refusal. Some stores want every record dated. */
export function eventReader(
  catalogue: FieldCatalogue,
  needsTime: boolean,
): (record: RawRecord) => Result<ReadEvent, string> {
  const flatten = flattener(catalogue);
  const idOf = flattener(catalogueOf([EVENT_ID]));
  const isDated = needsTime && catalogue.find(TIMESTAMP) !== undefined;
  return ({ bytes, problem }) => {
    if (problem !== undefined) return fail(problem);
    const text = bytes.toString('utf8');
    const parsed = parseDocument(text);
    if (!parsed.ok) return parsed;
    const document = flatten(parsed.value);
    const undated = isDated && !document.has(TIMESTAMP) ? undatedBecause(parsed.value) : null;
    if (undated !== null) return fail(undated);
    const named = idOf(parsed.value).get(EVENT_ID.name)?.[0];
    return succeed({ id: named ? String(named) : digestOf(bytes), text, document });
  };
}

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
