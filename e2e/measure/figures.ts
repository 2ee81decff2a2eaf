import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { MEASURED } from './data.ts';

/** One thing measured. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'pictures/s';
  /** What it must not exceed, or, of pictures, not fall below. */
  readonly bound?: number;
  readonly note?: string;
}

const FILE = join(MEASURED, 'figures.json');

/** @throws Error where there is nothing to take the middle of */
export function middle(times: readonly number[]): number {
  const found = [...times].sort((left, right) => left - right)[Math.floor(times.length / 2)];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}

/** Puts figures beside those of other measurements; a later one of the same name takes its place. */
export async function keepFigures(figures: readonly Figure[]): Promise<void> {
  const kept: { readonly figures: readonly Figure[] } = await readFile(FILE, 'utf8').then(JSON.parse, () => ({
    figures: [],
  }));
  const names = new Set(figures.map(({ name }) => name));
  const all = [...kept.figures.filter(({ name }) => !names.has(name)), ...figures];
  await mkdir(MEASURED, { recursive: true });
  const machine = { processors: cpus().length, model: cpus()[0]?.model ?? '', node: process.version };
  await writeFile(FILE, `${JSON.stringify({ machine, figures: all }, null, 2)}\n`);
}

export const tableOf = (figures: readonly Figure[]): string => figures.map(line).join('\n');

function line({ name, value, unit, bound, note }: Figure): string {
  const isMissed = bound !== undefined && (unit === 'ms' ? value > bound : value < bound);
  const limit =
    bound === undefined ? '' : `${unit === 'ms' ? 'at most' : 'at least'} ${bound}${isMissed ? ', MISSED' : ''}`;
  const figure = `${value.toFixed(value < 10 ? 1 : 0).padStart(6)} ${unit}`;
  return `${name.padEnd(58)} ${figure.padEnd(18)} ${limit.padEnd(22)} ${note ?? ''}`.trimEnd();
}
