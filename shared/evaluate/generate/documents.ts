import fc from 'fast-check';
import type { Instant } from '#shared/base/time.ts';
import type { Field, FieldCatalogue } from '#shared/event/field.ts';
import { assemble, inArrays, type Json, type JsonObject, type Member, written } from './json.ts';
import { arbitraryTimestamp } from './timestamps.ts';
import { HOSTILE_TEXTS, type Vocabulary } from './vocabulary.ts';

/** Range of `@timestamp`; a sixtieth of the documents have it missing or unreadable. */
export interface DocumentRange {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * Documents as hostile senders write them: fields of the vocabulary mostly with usual values, so that filters meet them, a
 * few with anything JSON can hold, in every spelling of their names.
 */
export function arbitraryDocument(
  catalogue: FieldCatalogue,
  vocabulary: Vocabulary,
  range: DocumentRange,
): fc.Arbitrary<JsonObject> {
  const fields = catalogue.fields.filter(({ name }) => name !== '@timestamp');
  const usual = fields.filter((field) => isObject(field) || (vocabulary[field.name] ?? []).length > 0);
  const spelling = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(7));
  const member = (field: Field, value: fc.Arbitrary<Json>): fc.Arbitrary<Member> =>
    fc.record({ field: fc.constant(field.name), value, dotted: spelling });
  return fc
    .record({
      usual: fc.tuple(...usual.map((field) => fc.option(member(field, usualValue(field, vocabulary)), { freq: 24 }))),
      odd: fc.array(fc.oneof(...fields.map((field) => member(field, oddValue(field, vocabulary)))), { maxLength: 3 }),
      timestamp: fc.oneof(
        { weight: 60, arbitrary: arbitraryTimestamp(range) },
        { weight: 1, arbitrary: fc.constantFrom<Json>(null, 'yesterday', [], {}) },
      ),
      wrapped: fc.oneof({ weight: 8, arbitrary: fc.constant([]) }, fc.subarray(['process', 'event', 'host', 'user'])),
    })
    .map(({ usual: members, odd, timestamp, wrapped }) =>
      inArrays(
        { '@timestamp': timestamp, ...assemble([...members.filter((entry) => entry !== null), ...odd]) },
        wrapped,
      ),
    );
}

/**
 * Documents of one sender: unique `event.id`s mostly, some repeated, some absent, so that a store has to recognise
 * duplicates.
 */
export const arbitraryDocuments = (
  catalogue: FieldCatalogue,
  vocabulary: Vocabulary,
  range: DocumentRange,
  size: { readonly minLength?: number; readonly maxLength?: number },
): fc.Arbitrary<readonly JsonObject[]> =>
  fc
    .array(fc.tuple(arbitraryDocument(catalogue, vocabulary, range), fc.nat(40)), size)
    .map((documents) => documents.map(([document, draw], index) => withId(document, draw, index)));

function withId(document: JsonObject, draw: number, index: number): JsonObject {
  if (draw === 0) return document;
  return { ...document, 'event.id': draw === 1 ? `e${Math.max(0, index - 1)}` : `e${index}` };
}

const isObject = ({ type }: Field): boolean => type === 'nested' || type === 'flattened';

/** Objects of a list, with values of their own fields in every spelling of the names. */
function arbitraryObject(fields: readonly Field[], vocabulary: Vocabulary): fc.Arbitrary<JsonObject> {
  const member = (field: Field): fc.Arbitrary<Member> =>
    fc.record({
      field: fc.constant(field.name),
      value: fc.oneof(
        { weight: 5, arbitrary: usualValue(field, vocabulary) },
        { weight: 1, arbitrary: oddValue(field, vocabulary) },
      ),
      dotted: fc.nat(3),
    });
  return fc.array(fc.oneof(...fields.map(member)), { maxLength: 4 }).map(assemble);
}

function usualValue({ name, many, type, fields }: Field, vocabulary: Vocabulary): fc.Arbitrary<Json> {
  if (type === 'nested') {
    const object = arbitraryObject(fields ?? [], vocabulary);
    return fc.oneof(object, fc.array(object, { maxLength: 3 }));
  }
  if (type === 'flattened') {
    const value = fc.constantFrom(...(vocabulary[name] ?? ['']));
    return fc.dictionary(fc.constantFrom('x', 'y', 'y.z'), fc.oneof(value, fc.array(value, { maxLength: 2 })));
  }
  const value = fc.constantFrom(...(vocabulary[name] ?? ['']));
  if (many) return fc.array(value, { maxLength: 4 });
  return fc.oneof({ weight: 24, arbitrary: value }, { weight: 1, arbitrary: value.map((only): Json => [only]) });
}

/** In other ways than JavaScript would write them. */
const NUMBERS = ['1.0', '1.50', '1e3', '-0.0', '1E-7', '0.10', '12345678901234567890', '100000000000000000000.5'];

function oddValue(field: Field, vocabulary: Vocabulary): fc.Arbitrary<Json> {
  const text = fc.oneof(
    fc.constantFrom(...HOSTILE_TEXTS, ...(vocabulary[field.name] ?? [])),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  const scalar: fc.Arbitrary<Json> = fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 1, arbitrary: fc.integer() },
    { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
    { weight: 1, arbitrary: fc.integer({ min: -5, max: 5 }).map(String) },
    { weight: 1, arbitrary: fc.constantFrom(...NUMBERS.map(written)) },
    { weight: 1, arbitrary: fc.boolean() },
    {
      weight: 1,
      arbitrary: fc.constantFrom('true', 'false', '2026-11-21T20:15:13.5Z', '10.0.0.1', '::ffff:10.0.0.1', '010.0.0.1'),
    },
    { weight: 1, arbitrary: fc.constant(null) },
  );
  return fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 4, arbitrary: fc.array(scalar, { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom<Json>({}, { unknown: 1 }, [{}], [{ unknown: 'x' }, 'y']) },
  );
}
