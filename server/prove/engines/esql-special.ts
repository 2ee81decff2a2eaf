import type { Random } from '#server/demo/random.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { anyOne } from './draw.ts';
import { quoted } from './esql-literals.ts';

type Inner = (type: ValueType) => string;

const SEARCHED = ['[aeiou]', '(\\w+)', '\\s+', '^.', '-+', '\\d{1,2}', '(s)(h)', 'x|y', '[^a-z]', '\\.', '/[^/]*$'];
const INSTEAD = ['', '_', '$1', '<$0>', 'ab'];
const FORMATS = ['yyyy-MM-dd', 'HH:mm:ss', 'EEE dd MMM yy', 'yyyy-MM-dd HH:mm:ss.SSS', 'EEEE MMMM'];

/** Calls of functions that ask for constants, by their result's type; null where none has it. */
export function specialCall(random: Random, type: ValueType, inner: Inner): string | null {
  const ways: Partial<Record<ValueType, readonly (() => string)[]>> = {
    string: [
      () => `replace(${inner('string')}, ${quoted(anyOne(random, SEARCHED))}, ${quoted(anyOne(random, INSTEAD))})`,
      () => `date_format(${quoted(anyOne(random, FORMATS))}, ${inner('datetime')})`,
      () => `day_name(${inner('datetime')})`,
      () => `month_name(${inner('datetime')})`,
      () => `space(${random.between(0, 3)})`,
    ],
    double: [() => 'pi()', () => 'e()', () => 'tau()', () => `bucket(${inner('double')}, 2.0)`],
    datetime: [
      () => `bucket(${inner('datetime')}, 1 hour)`,
      () => `date_trunc(1 month, ${inner('datetime')})`,
      () => `(${inner('datetime')} - ${anyOne(random, ['1 month', '2 quarters', '1 year'])})`,
      () => `date_parse("yyyy-MM-dd", ${anyOne(random, ['"2026-11-21"', inner('string')])})`,
    ],
  };
  const able = ways[type];
  return able ? anyOne(random, able)() : null;
}
