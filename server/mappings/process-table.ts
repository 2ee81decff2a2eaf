import type { Instant, Milliseconds } from '#shared/base/time.ts';
import { boundedMap } from './bounded-map.ts';
import { type Fact, type Life, type Moment, TOLERANCE } from './process-facts.ts';
import { livesOf } from './process-lives.ts';
import type { KnownImage } from './record.ts';

export interface ProcessTable {
  readonly add: (host: string, pid: number, fact: Fact) => void;
  /** The life of a pid open at a moment; undefined where none is known to be. */
  readonly lifeAt: (host: string, pid: number, moment: Moment) => Life | undefined;
  /** What a life ran at a moment; a forked one that has not run execve runs what its parent ran. */
  readonly imageAt: (host: string, life: Life, moment: Moment) => KnownImage | undefined;
  /** What a forked process ran before any execve of its own. */
  readonly inherited: (host: string, life: Life) => KnownImage | undefined;
  /** Pids that facts are kept of. */
  readonly size: () => number;
}

export interface TableOptions {
  /** Most pids that are remembered, over all hosts; the longest untouched goes first. */
  readonly mostPids?: number;
  /** How long a life is remembered after its end, in event time. */
  readonly memory?: Milliseconds;
}

/** Most facts of one pid: more than a sane process leaves between two looks. */
const MOST_FACTS = 64;
const DEEPEST = 32;

/** Most characters of what is remembered: commands can be long. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

const weightOf = (list: readonly Fact[]): number =>
  list.reduce((sum, fact) => sum + 200 + ('image' in fact ? 2 * (fact.image.commandLine?.length ?? 0) : 0), 0);

/**
 * Who ran what when, from records in any order: facts are kept by host and pid in order of their time, and lives are read
 * off them when somebody asks, so a fork that is logged after its child's first record needs no mending.
 */
export function processTable({ mostPids = 200_000, memory = 60_000 }: TableOptions = {}): ProcessTable {
  const facts = boundedMap<Fact[]>(mostPids, MOST_CHARACTERS);
  const keyOf = (host: string, pid: number): string => `${pid} ${host}`;
  const known = (host: string, pid: number): readonly Fact[] => facts.get(keyOf(host, pid)) ?? [];

  /** Whether a pid is known to have ended, or to be somebody else by then. */
  const isGone = (host: string, pid: number, since: Instant, until: Instant): boolean =>
    known(host, pid).some(
      ({ kind, moment: { at } }) => (kind === 'end' || kind === 'fork') && at > since && at <= until + TOLERANCE,
    );

  const lives = (host: string, pid: number): readonly Life[] =>
    livesOf(pid, known(host, pid), (parent, since, until) => isGone(host, parent, since, until));

  function imageOf(host: string, life: Life, moment: Moment, depth: number): KnownImage | undefined {
    const past = life.images.filter((one) => !isAfter(one.moment, moment));
    const told = past.findLast(({ isSure }) => isSure)?.image ?? inheritedBy(host, life, depth);
    const seen = (past.findLast(({ isSure }) => !isSure) ?? life.images.find(({ isSure }) => !isSure))?.image;
    return isOther(told, seen) ? seen : (told ?? seen);
  }

  /** A forked process runs what its parent ran. */
  function inheritedBy(host: string, { birth }: Life, depth: number): KnownImage | undefined {
    if (!birth || birth.inherited || depth >= DEEPEST) return birth?.inherited;
    const parent = table.lifeAt(host, birth.parentPid, birth.moment);
    return parent && imageOf(host, parent, birth.moment, depth + 1);
  }

  const table: ProcessTable = {
    add(host, pid, fact) {
      const key = keyOf(host, pid);
      const list = facts.get(key) ?? [];
      insert(list, fact);
      prune(list, memory);
      facts.set(key, list, weightOf(list));
    },

    lifeAt(host, pid, { at }) {
      const all = lives(host, pid);
      const begun = all.findLast(({ start }) => start.at <= at);
      if (begun && (!begun.ended || begun.ended.at >= at)) return begun;
      const near = all.findLast(({ start }) => start.at <= at + TOLERANCE);
      return near?.ended && near.ended.at < at - TOLERANCE ? undefined : near;
    },

    imageAt: (host, life, moment) => imageOf(host, life, moment, 0),

    inherited: (host, life) => inheritedBy(host, life, 0),

    size: facts.size,
  };
  return table;
}

/** Whether something else was seen running than what is told: an execve that was not recorded. */
const isOther = (told: KnownImage | undefined, seen: KnownImage | undefined): boolean =>
  told?.resolved !== undefined && seen?.resolved !== undefined && told.resolved !== seen.resolved;

const isAfter = (left: Moment, right: Moment): boolean =>
  left.at > right.at || (left.at === right.at && left.order > right.order);

/** A fork stands before all else of its time: its record may be written after the child's. */
const compareFacts = (left: Fact, right: Fact): number =>
  left.moment.at - right.moment.at ||
  Number(right.kind === 'fork') - Number(left.kind === 'fork') ||
  left.moment.order - right.moment.order;

function insert(list: Fact[], fact: Fact): void {
  let place = list.length;
  for (let before = list[place - 1]; before && compareFacts(before, fact) > 0; before = list[place - 1]) place -= 1;
  const before = list[place - 1];
  const isNews = fact.kind !== 'seen' || before?.kind !== 'seen' || before.image.executable !== fact.image.executable;
  if (isNews || before.parentPid !== fact.parentPid) list.splice(place, 0, fact);
}

/** Forgets what lies before a life that has long begun, and the earliest of too much. */
function prune(list: Fact[], memory: Milliseconds): void {
  const horizon = (list.at(-1)?.moment.at ?? 0) - memory;
  const begun = list.findLastIndex(({ kind, moment }) => kind === 'fork' && moment.at < horizon);
  if (begun > 0) list.splice(0, begun);
  if (list.length > MOST_FACTS) list.splice(list[0]?.kind === 'fork' ? 1 : 0, list.length - MOST_FACTS);
}
