import { canonicalAddress } from '#shared/base/ip-address.ts';
import { longOf, longOfNumber, parseDouble, parseLong } from '#shared/base/long.ts';
import { utf16Length, wellFormed } from '#shared/base/text.ts';
import { type Instant, isInstant, parseInstant } from '#shared/base/time.ts';
import type { Scalar } from '../plan/value.ts';
import type { Field } from './field.ts';
import { WrittenNumber } from './written-number.ts';

/**
 * A value at the end of a path in a parsed record. Whole numbers that a double cannot hold may come as bigint, others whose text
 * matters as `WrittenNumber`.
 */
export type JsonScalar = string | number | bigint | boolean | WrittenNumber;

type PlainScalar = Exclude<JsonScalar, WrittenNumber>;

/** What Elasticsearch would index for this value of a field; null where it would index nothing. */
export function readLeaf(field: Field, given: JsonScalar): Scalar | null {
  const value = given instanceof WrittenNumber ? given.value : given;
  switch (field.type) {
    case 'keyword':
    case 'constant_keyword':
    case 'wildcard':
    case 'text':
    case 'flattened':
      return withinLimit(field, given instanceof WrittenNumber ? given.text : String(given));
    case 'ip':
      return typeof value === 'string' ? canonicalAddress(value) : null;
    case 'long':
      return readLong(value);
    case 'double':
      return readDouble(value);
    case 'boolean':
      return readBoolean(value);
    case 'date':
      return readDate(value);
    case 'nested':
      return null;
  }
}

const withinLimit = (field: Field, text: string): string | null =>
  field.ignoreAbove !== undefined && utf16Length(text) > field.ignoreAbove ? null : wellFormed(text);

function readLong(value: PlainScalar): Scalar | null {
  if (typeof value === 'string') return parseLong(value);
  if (typeof value === 'bigint') return longOf(value);
  return typeof value === 'number' ? longOfNumber(value) : null;
}

function readDouble(value: PlainScalar): Scalar | null {
  if (typeof value === 'string') return parseDouble(value);
  if (typeof value === 'boolean') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number + 0 : null;
}

/** An empty text is false (elastic/elasticsearch `libs/x-content/…/support/AbstractXContentParser.java`, `booleanValue`). */
function readBoolean(value: PlainScalar): Scalar | null {
  if (value === 'true') return true;
  if (value === 'false' || value === '') return false;
  return typeof value === 'boolean' ? value : null;
}

function readDate(value: PlainScalar): Instant | null {
  if (typeof value === 'boolean') return null;
  if (typeof value === 'string' && !/^\d+$/.test(value)) return parseInstant(value);
  const instant = Math.trunc(Number(value));
  return isInstant(instant) ? instant + 0 : null;
}
