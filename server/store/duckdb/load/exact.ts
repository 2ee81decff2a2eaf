import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Reject } from '#server/store/event-store.ts';
import { type Line, linesOf, MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { parseDocument } from '#server/store/records/parse-record.ts';
import { undatedBecause } from '#server/store/records/undated.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import { type FlatDocument, flattener } from '#shared/event/document.ts';
import { catalogueOf, type FieldCatalogue } from '#shared/event/field.ts';
import type { Scalar } from '#shared/plan/value.ts';
import { memberOf } from './canonical.ts';
import { EVENT_ID, fieldsToRead, needsTime, TIMESTAMP } from './normalise.ts';
import type { Layout } from './schema.ts';

/** Longest text of a refused record that is kept for its sender, in bytes. */
const REJECT_TEXT_BYTES = 64 * 1024;

export interface ExactOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onReject?: ((reject: Reject) => void) | undefined;
}

/** Records of the file that were looked at, and those of them that were not refused. */
export interface ExactReport {
  readonly records: number;
  readonly accepted: number;
}

/**
 * Reads records that SQL left undecided with the reference reader (`flatten`), or refuses them. `places` are positions among
 * the file's records, from 0, ascending. Accepted ones are written to `target` as canonical lines for `canonicalSql`.
 */
export async function readExactly(
  layout: Layout,
  source: string,
  places: readonly number[] | 'all',
  target: string,
  { signal, onReject }: ExactOptions,
): Promise<ExactReport> {
  const read = recordReader(layout);
  const output = createWriteStream(target);
  let accepted = 0;
  let place = 0;
  let records = 0;
  for await (const line of linesOf(source, MAX_RECORD_BYTES, signal)) {
    if (places !== 'all' && records === places.length) break;
    if (places === 'all' || place === places[records]) {
      records += 1;
      const canonical = read(line, place);
      if (canonical.ok) {
        accepted += 1;
        if (!output.write(`${canonical.value}\n`)) await once(output, 'drain');
      } else onReject?.({ line: line.number, reason: canonical.error, text: rejectText(line) });
    }
    place += 1;
  }
  output.end();
  await finished(output);
  return { records, accepted };
}

const rejectText = ({ bytes }: Line): string => bytes.subarray(0, REJECT_TEXT_BYTES).toString('utf8');

const BOM = Buffer.from('\ufeff');

/** Reads one record into its canonical line; the error is the reason of refusal. */
function recordReader(layout: Layout): (line: Line, place: number) => Result<string, string> {
  const flatten = flattener(catalogueOf(fieldsToRead(layout)));
  return (line, place) => {
    if (line.cutFrom !== undefined) return fail(`too long: ${line.cutFrom} bytes, ${MAX_RECORD_BYTES} are allowed`);
    const bytes = line.bytes.subarray(line.bytes.indexOf(BOM) === 0 ? BOM.length : 0);
    const text = bytes.toString('utf8');
    const record = parseDocument(text);
    if (!record.ok) return record;
    const flat = flatten(record.value);
    if (needsTime(layout) && !flat.has(TIMESTAMP)) return fail(undatedBecause(record.value));
    return succeed(canonicalLine(layout, flat, { place, digest: () => digestOf(bytes), document: record.value }));
  };
}

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

interface RecordSource {
  readonly place: number;
  readonly digest: () => string;
  readonly document: object;
}

function canonicalLine(layout: Layout, flat: FlatDocument, source: RecordSource): string {
  const id = String(flat.get(EVENT_ID.name)?.[0] ?? '') || source.digest();
  const members = [
    member('$place', String(source.place)),
    member('$id', textJson(id)),
    member('$ns', String(nanosecondsOf(source.document))),
    ...spill(layout.catalogue, flat),
  ];
  layout.catalogue.fields.forEach((field, index) => {
    const values = flat.get(field.name);
    if (values) members.push(member(memberOf(index), listJson(values)));
  });
  return `{${members.join(',')}}`;
}

const member = (name: string, json: string): string => `${JSON.stringify(name)}:${json}`;

/** DuckDB takes no lone surrogate: it becomes U+FFFD, as in UTF-8 that is no text. */
const textJson = (text: string): string => JSON.stringify(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));

const scalarJson = (value: Scalar): string => (typeof value === 'string' ? textJson(value) : String(value));

const listJson = (values: readonly Scalar[]): string => `[${values.map(scalarJson).join(',')}]`;

function spill(catalogue: FieldCatalogue, flat: FlatDocument): readonly string[] {
  const members = catalogue.fields.flatMap((field) => {
    const values = flat.get(field.name) ?? [];
    return field.many || values.length < 2 ? [] : [member(field.name, listJson(values))];
  });
  return members.length === 0 ? [] : [member('$spill', `{${members.join(',')}}`)];
}

/** What `@timestamp` has below the millisecond, where it stands in the document as one text. */
function nanosecondsOf(document: object): number {
  const given: unknown = Reflect.get(document, TIMESTAMP);
  const digits = typeof given === 'string' ? /[.,]\d{3}(\d{1,6})/.exec(given)?.[1] : undefined;
  return Number((digits ?? '').padEnd(6, '0'));
}
