import type { Cell } from '../cell.ts';
import { type Implementation, ofSingles } from './implementation.ts';

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

export const NUMBER_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  abs,
  round,
  floor: onDoubles('floor'),
  ceil: onDoubles('ceil'),
};
