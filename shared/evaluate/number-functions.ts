import { longOf } from '#shared/base/long.ts';
import type { Scalar, Value } from '#shared/plan/value.ts';
import { type Call, type Implementation, strict } from './implementation.ts';

/** Halves go away from zero. */
function roundDouble(value: number, places: number, call: Call): Value {
  const scale = 10 ** places;
  const scaled = value * scale;
  if (scale === 0) return 0;
  if (!Number.isFinite(scaled)) return value;
  const rounded = (Math.sign(value) * Math.round(Math.abs(scaled))) / scale;
  return Number.isFinite(rounded) ? rounded + 0 : call.failed('overflow');
}

/** Negative places round to tens, hundreds, … */
function roundLong(value: bigint, places: number, call: Call): Value {
  if (places >= 0) return longOf(value);
  if (places < -19) return 0;
  const unit = 10n ** BigInt(-places);
  const half = value < 0n ? -unit / 2n : unit / 2n;
  return longOf(((value + half) / unit) * unit) ?? call.failed('overflow');
}

function round([value, decimals = 0]: readonly Scalar[], call: Call): Value {
  if (value === undefined) return null;
  const places = Number(decimals);
  return call.types[0] === 'long' ? roundLong(BigInt(value), places, call) : roundDouble(Number(value), places, call);
}

function abs([value]: readonly Scalar[], call: Call): Value {
  if (typeof value !== 'bigint') return Math.abs(Number(value));
  return longOf(value < 0n ? -value : value) ?? call.failed('overflow');
}

/** A long is whole already. */
const onDoubles = (compute: (value: number) => number): Implementation =>
  strict(([value], call) =>
    value === undefined || call.types[0] === 'long' ? (value ?? null) : compute(Number(value)) + 0,
  );

const naturalLog = (x: number): number => (x > 0 ? Math.log(x) : Number.NaN);

const logTo = (base: number, x: number): number =>
  base > 0 && base !== 1 && x > 0 ? Math.log(x) / Math.log(base) : Number.NaN;

/** In doubles; null, with a warning, for what is no finite number. */
const inDoubles = (compute: (...numbers: readonly number[]) => number): Implementation =>
  strict((values, call) => {
    const result = compute(...values.map(Number));
    return Number.isFinite(result) ? result + 0 : call.failed('overflow');
  });

const PER_RADIAN = 180 / Math.PI;

/** elastic/elasticsearch `docs/reference/`, ES|QL math functions. */
export const NUMBER_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  sqrt: inDoubles((x = 0) => Math.sqrt(x)),
  cbrt: inDoubles((x = 0) => Math.cbrt(x)),
  exp: inDoubles((x = 0) => Math.exp(x)),
  log10: inDoubles((x = 0) => (x > 0 ? Math.log10(x) : Number.NaN)),
  log: inDoubles((base = 0, x) => (x === undefined ? naturalLog(base) : logTo(base, x))),
  pow: inDoubles((base = 0, exponent = 0) => base ** exponent),
  hypot: inDoubles((a = 0, b = 0) => Math.hypot(a, b)),
  signum: inDoubles((x = 0) => Math.sign(x)),
  sin: inDoubles((x = 0) => Math.sin(x)),
  cos: inDoubles((x = 0) => Math.cos(x)),
  tan: inDoubles((x = 0) => Math.tan(x)),
  asin: inDoubles((x = 0) => Math.asin(x)),
  acos: inDoubles((x = 0) => Math.acos(x)),
  atan: inDoubles((x = 0) => Math.atan(x)),
  atan2: inDoubles((y = 0, x = 0) => Math.atan2(y, x)),
  sinh: inDoubles((x = 0) => Math.sinh(x)),
  cosh: inDoubles((x = 0) => Math.cosh(x)),
  tanh: inDoubles((x = 0) => Math.tanh(x)),
  to_degrees: inDoubles((x = 0) => x * PER_RADIAN),
  to_radians: inDoubles((x = 0) => x / PER_RADIAN),
  abs: strict(abs),
  round: strict(round),
  floor: onDoubles(Math.floor),
  ceil: onDoubles(Math.ceil),
};
