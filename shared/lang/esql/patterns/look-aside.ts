import type { Range, Regex, RegexSet } from '#shared/plan/regex.ts';
import { hasLook } from '#shared/plan/regex.ts';
import { complement, intersection } from './character-sets.ts';

/** What can stand beside a place: these code points, and maybe what the expression says nothing of. */
interface Beside {
  readonly ranges: readonly Range[];
  readonly open: boolean;
}

/** How the two sides of a part are bounded; `take` where it may take a character beside the match. */
interface Sides {
  readonly before: Beside;
  readonly after: Beside;
  readonly take: boolean;
}

const OPEN: Beside = { ranges: [], open: true };

type Look = Regex & { readonly kind: 'look' };

class Unclear extends Error {}

/**
 * The expression without looking ahead or behind, which not every executor has; null where that cannot be. A look is decided by
 * what stands beside it in the expression, or narrows that. With `take` the match may take a character more at either
 * end: where only captures count.
 */
export function withoutLooks(regex: Regex, take: boolean): Regex | null {
  if (!hasLook(regex)) return regex;
  try {
    return resolve(regex, { before: OPEN, after: OPEN, take });
  } catch (error) {
    if (error instanceof Unclear) return null;
    throw error;
  }
}

function resolve(regex: Regex, sides: Sides): Regex {
  switch (regex.kind) {
    case 'choice':
      return { ...regex, options: regex.options.map((option) => resolve(option, sides)) };
    case 'capture': {
      const parts = flat(regex);
      if (parts.length > 1) return sequence(parts, sides);
      return { ...regex, of: resolve(regex.of, { ...sides, take: false }) };
    }
    case 'repeat': {
      const { first, last } = endsOf(regex.of);
      const before = { ranges: [...sides.before.ranges, ...last], open: sides.before.open };
      const after = { ranges: [...sides.after.ranges, ...first], open: sides.after.open };
      return { ...regex, of: resolve(regex.of, { before, after, take: false }) };
    }
    case 'sequence':
    case 'look':
      return sequence(flat(regex), sides);
    case 'set':
    case 'place':
      return regex;
  }
}

/** The parts in a row, looks at the ends of a capture outside of it. */
function flat(regex: Regex): readonly Regex[] {
  if (regex.kind === 'sequence') return regex.parts.flatMap(flat);
  if (regex.kind !== 'capture') return [regex];
  const parts = [...flat(regex.of)];
  const [leading, trailing]: [Regex[], Regex[]] = [[], []];
  while (isLook(parts[0], 'behind')) leading.push(parts.shift() as Regex);
  while (isLook(parts.at(-1), 'ahead')) trailing.unshift(parts.pop() as Regex);
  return [...leading, { ...regex, of: { kind: 'sequence', parts } }, ...trailing];
}

const isLook = (part: Regex | undefined, side: 'ahead' | 'behind'): boolean =>
  part?.kind === 'look' && part.side === side;

function sequence(given: readonly Regex[], sides: Sides): Regex {
  const parts = [...given];
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at];
    if (part?.kind !== 'look') continue;
    const step = part.side === 'ahead' ? 1 : -1;
    const beyond = part.side === 'ahead' ? parts.slice(at + 1) : parts.slice(0, at).toReversed();
    const beside = besideIn(beyond, part.side, part.side === 'ahead' ? sides.after : sides.before);
    const allowed = part.absent ? complement(part.set.ranges) : part.set.ranges;
    const decided = decide(beside, allowed, part.absent);
    if (decided === 'always') parts.splice(at, 1);
    else if (decided === 'never') parts.splice(at, 1, NEVER);
    else if (beyond.length === 0 && sides.take) parts.splice(at, 1, taking(part.side, allowed, part.absent));
    else {
      const empty = whereEmpty(beyond, part, allowed, sides);
      parts[at + step] = narrowed(beyond[0], part.side, allowed, empty);
      parts.splice(at, 1);
    }
    at = -1;
  }
  return {
    kind: 'sequence',
    parts: parts.map((part, at) =>
      resolve(part, {
        before: besideIn(parts.slice(0, at).toReversed(), 'behind', sides.before),
        after: besideIn(parts.slice(at + 1), 'ahead', sides.after),
        take: sides.take && parts.length === 1,
      }),
    ),
  };
}

const setOf = (ranges: readonly Range[]): RegexSet => ({ kind: 'set', ranges, negated: false });
const NEVER = setOf([]);

/** One of the allowed code points beside the match, or where none need stand, the end of the text. */
function taking(side: 'ahead' | 'behind', allowed: readonly Range[], orEnd: boolean): Regex {
  if (!orEnd) return setOf(allowed);
  const end: Regex = { kind: 'place', at: side === 'ahead' ? 'text-end' : 'text-start' };
  return { kind: 'choice', options: [end, setOf(allowed)] };
}

function decide({ ranges, open }: Beside, allowed: readonly Range[], absent: boolean): 'always' | 'never' | 'unclear' {
  const within = intersection(ranges, allowed);
  const others = intersection(ranges, complement(allowed));
  if (!open && others.length === 0 && ranges.length > 0) return 'always';
  if (!open && within.length === 0 && (ranges.length > 0 || !absent)) return 'never';
  return 'unclear';
}

const EMPTY: Regex = { kind: 'sequence', parts: [] };
const NEWLINE: Range = [0xa, 0xa];

/** What to ask where the neighbour takes nothing, so that the look sees beyond it; null where it then fails for sure. */
function whereEmpty(
  [neighbour, ...beyond]: readonly Regex[],
  { side, absent }: Look,
  allowed: readonly Range[],
  sides: Sides,
): (() => Regex) | null {
  const decided = decide(besideIn(beyond, side, side === 'ahead' ? sides.after : sides.before), allowed, absent);
  if (decided === 'never') return null;
  if (decided === 'always') return () => EMPTY;
  return () => {
    // The search has been here before: had anything but a line's end stood before it, the match would have begun there.
    const isFirst = side === 'behind' && beyond.length === 0 && sides.take && neighbour && takesLines(neighbour);
    if (isFirst && intersection(allowed, [NEWLINE]).length > 0) return { kind: 'place', at: 'line-start' };
    throw new Unclear('A look beyond what may be empty');
  };
}

/** Whether it takes any stretch of a line. */
function takesLines(regex: Regex): boolean {
  if (regex.kind === 'capture') return takesLines(regex.of);
  if (regex.kind === 'sequence' && regex.parts.length === 1) return regex.parts.every(takesLines);
  if (regex.kind !== 'repeat' || regex.of.kind !== 'set' || regex.most !== null) return false;
  const [only, ...more] = complement(rangesOf(regex.of));
  return only?.[0] === NEWLINE[0] && only[1] === NEWLINE[1] && more.length === 0;
}

/** The neighbour where only an allowed code point stands at the side that is looked at. */
function narrowed(
  part: Regex | undefined,
  side: 'ahead' | 'behind',
  allowed: readonly Range[],
  empty: (() => Regex) | null,
): Regex {
  if (part?.kind === 'set') return setOf(intersection(rangesOf(part), allowed));
  if (part?.kind === 'capture') return { ...part, of: narrowed(part.of, side, allowed, empty) };
  if (part?.kind === 'sequence' && part.parts.length === 1) return narrowed(part.parts[0], side, allowed, empty);
  if (part?.kind === 'repeat' && part.of.kind === 'set' && part.most !== 0) {
    const edge = narrowed(part.of, side, allowed, empty);
    const rest: Regex = {
      ...part,
      least: Math.max(0, part.least - 1),
      most: part.most === null ? null : part.most - 1,
    };
    const some: Regex = { kind: 'sequence', parts: side === 'ahead' ? [edge, rest] : [rest, edge] };
    if (part.least > 0 || empty === null) return some;
    return { kind: 'choice', options: part.lazy ? [empty(), some] : [some, empty()] };
  }
  throw new Unclear('A look whose neighbour is unclear');
}

const rangesOf = (set: RegexSet): readonly Range[] => (set.negated ? complement(set.ranges) : set.ranges);

/** What the parts that follow in this direction begin with, or what stands beyond where all may be empty. */
function besideIn(parts: readonly Regex[], side: 'ahead' | 'behind', beyond: Beside): Beside {
  const ranges: Range[] = [];
  for (const part of parts) {
    const ends = endsOf(part);
    ranges.push(...(side === 'ahead' ? ends.first : ends.last));
    if (!ends.nullable) return { ranges, open: false };
  }
  return { ranges: [...ranges, ...beyond.ranges], open: beyond.open };
}

interface Ends {
  readonly first: readonly Range[];
  readonly last: readonly Range[];
  readonly nullable: boolean;
}

const NOTHING: Ends = { first: [], last: [], nullable: true };

function endsOf(regex: Regex): Ends {
  switch (regex.kind) {
    case 'set':
      return { first: rangesOf(regex), last: rangesOf(regex), nullable: false };
    case 'sequence':
      return regex.parts.map(endsOf).reduce(chained, NOTHING);
    case 'choice': {
      const options = regex.options.map(endsOf);
      return {
        first: options.flatMap(({ first }) => first),
        last: options.flatMap(({ last }) => last),
        nullable: options.some(({ nullable }) => nullable),
      };
    }
    case 'repeat':
      return { ...endsOf(regex.of), nullable: regex.least === 0 || endsOf(regex.of).nullable };
    case 'capture':
      return endsOf(regex.of);
    case 'place':
    case 'look':
      return NOTHING;
  }
}

const chained = (left: Ends, right: Ends): Ends => ({
  first: left.nullable ? [...left.first, ...right.first] : left.first,
  last: right.nullable ? [...left.last, ...right.last] : right.last,
  nullable: left.nullable && right.nullable,
});
