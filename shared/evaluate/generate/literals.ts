import fc from 'fast-check';
import { canonicalAddress } from '#shared/base/ip-address.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#shared/base/time.ts';
import type { Field } from '#shared/event/field.ts';
import { MANY, ONE, type Pattern } from '#shared/plan/pattern.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import type { Scalar, ValueType } from '#shared/plan/value.ts';
import { arbitraryInstant } from './timestamps.ts';
import { HOSTILE_TEXTS, type Vocabulary } from './vocabulary.ts';

/** What expressions are made over. */
export interface Setting {
  readonly fields: readonly Field[];
  readonly vocabulary: Vocabulary;
  readonly range: { readonly from: Instant; readonly to: Instant };
}

/** A value that could stand beside this field's own in a comparison. */
export function arbitraryValueOf(field: Field, setting: Setting): fc.Arbitrary<Scalar> {
  const usual = setting.vocabulary[field.name] ?? [];
  const type = valueTypeOf(field.type);
  if (type !== 'string' && type !== 'ip') return arbitraryScalar(type, setting);
  if (type === 'ip') return fc.constantFrom(...ADDRESSES, ...usual.flatMap((text) => canonicalAddress(text) ?? []));
  const others = fc.constantFrom(...HOSTILE_TEXTS);
  return usual.length === 0 ? others : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...usual) }, others);
}

/** As values of plans have them. */
const ADDRESSES = ['10.0.0.1', '10.0.0.10', '::1', 'fe80::1'];

/** A value of a type. */
export function arbitraryScalar(type: ValueType, { vocabulary, range }: Setting): fc.Arbitrary<Scalar> {
  switch (type) {
    case 'long':
      return fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: -3, max: 9 }) },
        {
          weight: 1,
          arbitrary: fc.constantFrom<Scalar>(2 ** 40, Number.MAX_SAFE_INTEGER, 2n ** 63n - 1n, -(2n ** 63n)),
        },
      );
    case 'double':
      return fc.constantFrom(0, 0.5, -1.25, 2, 3.5, 1e9);
    case 'boolean':
      return fc.boolean();
    case 'datetime':
      return arbitraryInstant(range);
    case 'span':
      return fc.constantFrom(1000, MINUTE, 7 * MINUTE, HOUR, DAY);
    case 'ip':
      return fc.constantFrom(...ADDRESSES);
    case 'geo_point':
      return fc.constantFrom('POINT (10.5 59.9)', 'POINT (-122.25 37.5)', 'POINT (200.0 10.0)');
    case 'string':
    case 'null':
      return fc.constantFrom(...Object.values(vocabulary).flat(), ...HOSTILE_TEXTS);
  }
}

/** A pattern near a text: pieces of it between wildcards. */
export const arbitraryPatternNear = (text: fc.Arbitrary<Scalar>): fc.Arbitrary<Pattern> =>
  fc
    .tuple(
      text,
      fc.array(fc.tuple(fc.nat(12), fc.constantFrom(MANY, MANY, ONE)), { minLength: 1, maxLength: 3 }),
      fc.nat(3),
    )
    .map(([value, cuts, keptEnd]) => {
      const points = [...String(value)];
      const parts: (string | typeof MANY)[] = [];
      let at = 0;
      for (const [width, wildcard] of cuts) {
        parts.push(points.slice(at, at + width).join(''), wildcard);
        at += width + (wildcard === ONE ? 1 : Math.floor(width / 2));
      }
      parts.push(
        keptEnd === 0 ? points.slice(at).join('') : points.slice(Math.max(at, points.length - keptEnd)).join(''),
      );
      return parts.filter((part) => part !== '');
    });
