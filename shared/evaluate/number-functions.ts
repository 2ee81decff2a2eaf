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

export const NUMBER_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  abs: strict(abs),
  round: strict(round),
  floor: onDoubles(Math.floor),
  ceil: onDoubles(Math.ceil),
};
