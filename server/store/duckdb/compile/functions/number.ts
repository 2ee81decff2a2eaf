import { bind } from '../../sql/bind.ts';
import { finite } from '../arithmetic.ts';
import type { Cell } from '../cell.ts';
import { type Implementation, ofSingles, whereAll } from './implementation.ts';

/** A long is whole already. */
const onDoubles = (name: 'floor' | 'ceil'): Implementation =>
  ofSingles(([value = ''], [cell]) => (cell?.type === 'long' ? value : `(${name}(${value}) + 0)`));

/** In 128 bits: the least long has no positive. */
const abs: Implementation = ofSingles(([value = ''], [cell]) =>
  cell?.type === 'long' ? `TRY_CAST(abs((${value})::HUGEINT) AS BIGINT)` : `abs(${value})`,
);

const round: Implementation = ofSingles(([value = '', places = '0'], [cell]) =>
  isLong(cell) ? roundLong(value, places) : roundDouble(value, places),
);

const isLong = (cell: Cell | undefined): boolean => cell?.type === 'long';

/** Halves go away from zero; a value that cannot be scaled has no places to round. */
function roundDouble(value: string, places: string): string {
  const scale = `pow(10::DOUBLE, ${places})`;
  const scaled = `(${value} * ${scale})`;
  return `CASE WHEN ${value} IS NULL OR ${places} IS NULL THEN NULL WHEN ${scale} = 0 THEN 0
    WHEN NOT isfinite(${scaled}) THEN ${value}
    ELSE sign(${value}) * floor(abs(${scaled}) + 0.5) / ${scale} + 0 END`;
}

/** Negative places round to tens, hundreds, …; beyond 19 zeros nothing is left. */
function roundLong(value: string, places: string): string {
  const unit = `(CASE ${Array.from({ length: 19 }, (_, index) => `WHEN ${places} = -${index + 1} THEN 1${'0'.repeat(index + 1)}`).join(' ')} END)::HUGEINT`;
  const whole = `(${value})::HUGEINT`;
  return `CASE WHEN ${places} >= 0 THEN ${value} WHEN ${places} < -19 THEN ${value} - ${value}
    ELSE TRY_CAST((${whole} + sign(${value})::HUGEINT * (${unit} // 2)) // ${unit} * ${unit} AS BIGINT) END`;
}

/** Scaled by the greater leg, which keeps squares from overflowing. */
const hypotenuse = (a: string, b: string): string =>
  `CASE WHEN ${a} = 0 AND ${b} = 0 THEN 0 ELSE greatest(abs(${a}), abs(${b}))
    * sqrt(1 + pow(least(abs(${a}), abs(${b})) / nullif(greatest(abs(${a}), abs(${b})), 0), 2)) END`;

/** In doubles, the arguments as they come; NULL for what is no finite number. */
const inDoubles = (sql: (...numbers: readonly string[]) => string): Implementation =>
  ofSingles((values) => finite(sql(...values.map((value) => `(${value})::DOUBLE`))));

/** The engine raises an error where a number has no result: it is not asked for. */
const where = (condition: (x: string) => string, sql: (x: string) => string): Implementation =>
  inDoubles((x = '') => sql(`(CASE WHEN ${condition(x)} THEN ${x} END)`));

const isPositive = (x: string): string => `${x} > 0`;
const isUnit = (x: string): string => `${x} BETWEEN -1 AND 1`;
const positive = (x: string): string => `(CASE WHEN ${x} > 0 THEN ${x} END)`;

const logTo = (base: string, x: string): string =>
  `ln(${positive(x)}) / (CASE WHEN ${base} <> 1 THEN ln(${positive(base)}) END)`;

const simple = (name: string): Implementation => inDoubles((x = '') => `${name}(${x})`);

/** The engine's own misses whole roots in the last digit; a step of Newton's method finds them. */
const cubeRoot = (x: string): string =>
  bind('root', `cbrt(${x})`, `root - coalesce((root - ${x} / nullif(root * root, 0)) / 3, 0)`);

const PER_RADIAN = 180 / Math.PI;

export const NUMBER_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  sqrt: where(
    (x) => `${x} >= 0`,
    (x) => `sqrt(${x})`,
  ),
  cbrt: inDoubles((x = '') => cubeRoot(x)),
  exp: simple('exp'),
  log10: where(isPositive, (x) => `log10(${x})`),
  log: inDoubles((base = '', x) => (x === undefined ? `ln(${positive(base)})` : logTo(base, x))),
  pow: inDoubles((base = '', exponent = '') => `pow(${base}, ${exponent})`),
  hypot: inDoubles((a = '', b = '') => whereAll([a, b], hypotenuse(a, b))),
  signum: inDoubles((x = '') => `sign(${x})::DOUBLE`),
  sin: simple('sin'),
  cos: simple('cos'),
  tan: simple('tan'),
  asin: where(isUnit, (x) => `asin(${x})`),
  acos: where(isUnit, (x) => `acos(${x})`),
  atan: simple('atan'),
  atan2: inDoubles((y = '', x = '') => `atan2(${y}, ${x})`),
  sinh: simple('sinh'),
  cosh: simple('cosh'),
  tanh: simple('tanh'),
  to_degrees: inDoubles((x = '') => `${x} * '${PER_RADIAN}'::DOUBLE`),
  to_radians: inDoubles((x = '') => `${x} / '${PER_RADIAN}'::DOUBLE`),
  abs,
  round,
  floor: onDoubles('floor'),
  ceil: onDoubles('ceil'),
};
