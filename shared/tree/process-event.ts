import type { Instant } from '../base/time.ts';

/** What the tree needs of one process event. */
export interface ProcessEvent {
  /** Public id. */
  readonly id: string;
  readonly at: Instant;
  /** Sub-millisecond and sensor order of events of one instant, then order of arrival. */
  readonly order: readonly number[];
  /** Identity of the host: processes of two hosts are never related. */
  readonly host: string | null;
  /** What people call it. */
  readonly hostName: string | null;
  readonly pid: number | null;
  readonly entityId: string | null;
  /** All actions: a merged Elastic Defend document is fork, exec and end at once. */
  readonly actions: readonly string[];
  readonly name: string | null;
  readonly executable: string | null;
  readonly commandLine: string | null;
  readonly workingDirectory: string | null;
  readonly user: string | null;
  readonly start: Instant | null;
  readonly end: Instant | null;
  readonly exitCode: number | null;
  readonly parent: {
    readonly pid: number | null;
    readonly entityId: string | null;
    readonly name: string | null;
    readonly executable: string | null;
    readonly commandLine: string | null;
    readonly start: Instant | null;
  };
}

const BIRTHS = new Set(['fork', 'vfork', 'clone']);
const IMAGES = new Set(['exec', 'already_running']);

export const isBirth = (event: ProcessEvent): boolean => event.actions.some((action) => BIRTHS.has(action));
export const isImage = (event: ProcessEvent): boolean => event.actions.some((action) => IMAGES.has(action));
export const isEnd = (event: ProcessEvent): boolean => event.actions.includes('end');

/** Time order; at one instant births come before images and these before ends, then the sensor's own order. */
export function compareProcessEvents(left: ProcessEvent, right: ProcessEvent): number {
  const stage = (event: ProcessEvent) => (isBirth(event) ? 0 : isEnd(event) ? 2 : 1);
  if (left.at !== right.at) return left.at - right.at;
  if (stage(left) !== stage(right)) return stage(left) - stage(right);
  for (const [index, own] of left.order.entries()) {
    const other = right.order[index] ?? 0;
    if (own !== other) return own - other;
  }
  return 0;
}
