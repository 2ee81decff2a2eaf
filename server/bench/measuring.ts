import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

/** Milliseconds by the clock, and of the processors: the second hardly depends on what else the machine does. */
export interface Took {
  readonly clock: number;
  readonly processors: number;
}

/** Milliseconds of the processors that this process has taken so far. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export async function timed<Value>(work: () => Promise<Value> | Value): Promise<Took & { readonly value: Value }> {
  const [start, before] = [performance.now(), processorTime()];
  const value = await work();
  return { clock: performance.now() - start, processors: processorTime() - before, value };
}

/** The least that this share of them do not exceed; 0 of none. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((left, right) => left - right)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0;

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const MACHINE = `${cpus().length} x ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}`;

/** Keeps what was measured beside the build; gives where. */
export async function writeResults(name: string, results: object): Promise<string> {
  const path = join('.build', 'bench', `${name}.json`);
  await mkdir(join('.build', 'bench'), { recursive: true });
  await writeFile(path, JSON.stringify({ machine: MACHINE, at: new Date().toISOString(), ...results }, null, 2));
  return path;
}
