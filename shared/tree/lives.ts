import type { Instant } from '../base/time.ts';
import { compareProcessEvents, isBirth, isEnd, isImage, type ProcessEvent } from './process-event.ts';

/** One life of one process: the events from its fork or first exec to its end. */
export interface Life {
  readonly key: string;
  readonly host: string | null;
  readonly pid: number | null;
  /** All entity ids it was seen under: an exec may issue a new one. */
  readonly entityIds: Set<string>;
  readonly events: ProcessEvent[];
  start: Instant;
  end: Instant | null;
  /** As given by the first event that names it: children outlive parents, and later events then name pid 1. */
  birthParent: ProcessEvent['parent'];
}

/** Sensors stamp a child's start up to this much before the event that makes it. */
const START_TOLERANCE = 10;

/** Lives by entity id and by pid, to find the process that another one names. */
export class LifeIndex {
  readonly lives: Life[] = [];
  private readonly byEntity = new Map<string, Life>();
  private readonly byPid = new Map<string, Life[]>();
  private readonly keyUses = new Map<string, number>();

  byEntityId(host: string | null, entityId: string | null): Life | undefined {
    return entityId === null ? undefined : this.byEntity.get(entityKey(host, entityId));
  }

  /** The life of this pid that was open at `at`; pids are used again, so a closed life never answers for a later one. */
  openAt(host: string | null, pid: number | null, at: Instant): Life | undefined {
    if (pid === null) return undefined;
    const lives = this.byPid.get(pidKey(host, pid)) ?? [];
    return lives.findLast(
      (life) => life.start <= at + START_TOLERANCE && (life.end === null || life.end >= at - START_TOLERANCE),
    );
  }

  /** Whether lives of this pid are known by entity id, so that an id that is none of theirs names another process. */
  namesEntitiesOf(host: string | null, pid: number | null): boolean {
    return pid !== null && (this.byPid.get(pidKey(host, pid)) ?? []).some((life) => life.entityIds.size > 0);
  }

  latest(host: string | null, pid: number | null): Life | undefined {
    return pid === null ? undefined : this.byPid.get(pidKey(host, pid))?.at(-1);
  }

  add(event: ProcessEvent): Life {
    const life: Life = {
      key: this.freshKey(event.entityId ?? `${event.host ?? ''}/${event.pid ?? ''}/${event.start ?? event.at}`),
      host: event.host,
      pid: event.pid,
      entityIds: new Set(),
      events: [],
      start: Math.min(event.start ?? event.at, event.at),
      end: null,
      birthParent: event.parent,
    };
    this.lives.push(life);
    if (event.pid !== null) {
      const key = pidKey(event.host, event.pid);
      const lives = this.byPid.get(key);
      if (lives) lives.push(life);
      else this.byPid.set(key, [life]);
    }
    return life;
  }

  private freshKey(wanted: string): string {
    const uses = (this.keyUses.get(wanted) ?? 0) + 1;
    this.keyUses.set(wanted, uses);
    return uses === 1 ? wanted : `${wanted}#${uses}`;
  }

  record(life: Life, event: ProcessEvent): void {
    life.events.push(event);
    if (event.entityId !== null) {
      life.entityIds.add(event.entityId);
      this.byEntity.set(entityKey(event.host, event.entityId), life);
    }
    if (isEnd(event)) life.end = event.end ?? event.at;
  }
}

const entityKey = (host: string | null, entityId: string): string => `${host ?? ''}\0${entityId}`;
const pidKey = (host: string | null, pid: number): string => `${host ?? ''}\0${pid}`;

/**
 * Sorts events into lives, by entity id where there is one, else by host, pid and time: a fork begins a life, an exec
 * continues the open one, an end closes it (EVENTS.md, "Identity without entity_id").
 */
export function livesOf(events: readonly ProcessEvent[]): LifeIndex {
  const index = new LifeIndex();
  for (const event of [...events].sort(compareProcessEvents)) {
    const life = knownLife(index, event) ?? index.add(event);
    index.record(life, event);
  }
  return index;
}

function knownLife(index: LifeIndex, event: ProcessEvent): Life | undefined {
  const sameEntity = index.byEntityId(event.host, event.entityId);
  if (sameEntity) return sameEntity;
  const open = index.latest(event.host, event.pid);
  if (!open || isBirth(event)) return undefined;
  if (open.end !== null && !(isEnd(event) && event.at <= open.end + START_TOLERANCE)) return undefined;
  return continues(open, event) ? open : undefined;
}

/** Whether an event of the same pid belongs to the life that is open there. */
function continues(life: Life, event: ProcessEvent): boolean {
  const { parent } = event;
  // Tetragon: exec in place names the earlier image as parent.
  if (parent.entityId !== null && life.entityIds.has(parent.entityId)) return true;
  if (event.pid !== null && parent.pid === event.pid) return true;
  if (life.entityIds.size > 0 && event.entityId !== null) {
    return isImage(event) && parent.entityId !== null && parent.entityId === life.birthParent.entityId;
  }
  // An exec of a pid under another parent than its last life had is a new life whose fork and end were not seen.
  const sameParent = parent.pid === null || life.birthParent.pid === null || parent.pid === life.birthParent.pid;
  return sameParent || !isImage(event);
}
