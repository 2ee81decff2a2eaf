import type { Instant } from '#shared/base/time.ts';
import { type Birth, type Fact, type Life, type Moment, TOLERANCE } from './process-facts.ts';

/** A life while its facts are read. */
interface Draft {
  readonly start: Moment;
  birth: Birth | undefined;
  parentPid: number | undefined;
  readonly images: Life['images'][number][];
  ended: Moment | undefined;
}

/** Whether a pid is known to be gone between two times. */
type IsGone = (pid: number, since: Instant, until: Instant) => boolean;

/** Reads the lives of a pid off its facts in order of time. */
export function livesOf(pid: number, facts: readonly Fact[], isGone: IsGone): readonly Life[] {
  const lives: Draft[] = [];
  for (const fact of facts) {
    const open = lives.at(-1);
    const life = open && belongs(open, fact, isGone) ? open : begin(lives, fact);
    take(life, fact);
  }
  return lives.map((life) => ({
    ...life,
    pid,
    start: life.birth ? earlier(life.birth.moment, life.start) : life.start,
  }));
}

const earlier = (left: Moment, right: Moment): Moment => (left.at <= right.at ? left : right);

function begin(lives: Draft[], { moment }: Fact): Draft {
  const life: Draft = { start: moment, birth: undefined, parentPid: undefined, images: [], ended: undefined };
  lives.push(life);
  return life;
}

/**
 * Whether a fact continues the life before it. A fork begins a life, unless it is the late record of one that has just
 * shown itself. Another parent than before means another process, unless the first parent is known to be gone: then the
 * kernel has given the orphan a new one.
 */
function belongs(life: Draft, fact: Fact, isGone: IsGone): boolean {
  if (life.ended) return false;
  if (fact.kind === 'end') return true;
  const isSameParent =
    life.parentPid === undefined || fact.parentPid === undefined || life.parentPid === fact.parentPid;
  if (fact.kind === 'fork') {
    return isSameParent && life.birth === undefined && fact.moment.at - life.start.at <= TOLERANCE;
  }
  return isSameParent || runsTheSame(life, fact) || isOrphan(life, fact, isGone);
}

/** A daemon leaves its parent, whose end need not be recorded, and goes on running what it ran. */
function runsTheSame({ birth, images }: Draft, fact: Fact): boolean {
  const before = images.at(-1)?.image.resolved ?? birth?.resolved;
  return fact.kind === 'seen' && before !== undefined && fact.image.resolved === before;
}

const isOrphan = ({ parentPid, start }: Draft, { moment }: Fact, isGone: IsGone): boolean =>
  parentPid !== undefined && isGone(parentPid, start.at, moment.at);

function take(life: Draft, fact: Fact): void {
  if (fact.kind === 'end') {
    life.ended = fact.moment;
    return;
  }
  life.parentPid = fact.kind === 'fork' ? fact.parentPid : (life.parentPid ?? fact.parentPid);
  if (fact.kind === 'fork') life.birth = fact;
  else life.images.push({ moment: fact.moment, image: fact.image, isSure: fact.kind === 'exec' });
}
