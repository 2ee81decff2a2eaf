import { readFile } from 'node:fs/promises';

/** What a process has in memory, and the most that it ever had, in MB; of Linux. */
export interface Memory {
  readonly now: number;
  readonly most: number;
}

export async function memoryOf(pid: number): Promise<Memory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string): number =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
}
