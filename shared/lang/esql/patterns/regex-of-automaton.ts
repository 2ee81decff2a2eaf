import { type Regex, type RegexSet, sizeOf } from '#shared/plan/regex.ts';
import type { Automaton } from './automaton.ts';
import { merged } from './character-sets.ts';

/** No text at all, not even the empty one. */
export const NO_TEXT: RegexSet = { kind: 'set', ranges: [], negated: false };
const EMPTY: Regex = { kind: 'sequence', parts: [] };

/** Expressions of what leads from one state to another. */
type Ways = Map<number, Regex>;

/**
 * An expression for what the automaton takes: states are taken out one by one, and what went through each goes past it. Null
 * where the expression grows beyond this size.
 */
export function regexOf(automaton: Automaton, largest: number): Regex | null {
  const { moves, accepting } = automaton;
  const useful = statesToEnd(automaton);
  const [start, end] = [-1, moves.length];
  const ways = new Map<number, Ways>([[start, new Map([[0, EMPTY]])]]);
  for (const state of useful) ways.set(state, waysFrom(state, automaton, useful));
  for (const state of useful) if (accepting[state]) ways.get(state)?.set(end, EMPTY);
  const left = new Set(useful);
  while (left.size > 0) {
    const state = leastWoven(left, ways);
    left.delete(state);
    if (bypass(state, ways) > largest) return null;
  }
  return ways.get(start)?.get(end) ?? NO_TEXT;
}

/** States from which some text is taken. */
function statesToEnd({ moves, accepting }: Automaton): ReadonlySet<number> {
  const found = new Set(accepting.flatMap((accepts, state) => (accepts ? [state] : [])));
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [state, next] of moves.entries()) if (next.some((to) => found.has(to))) found.add(state);
  }
  return found;
}

function waysFrom(state: number, { classes, moves }: Automaton, useful: ReadonlySet<number>): Ways {
  const ways: Ways = new Map();
  for (const [index, to] of (moves[state] ?? []).entries()) {
    const set: RegexSet = { kind: 'set', ranges: classes[index] ?? [], negated: false };
    if (useful.has(to)) ways.set(to, either(ways.get(to), set));
  }
  return ways;
}

/** The state whose absence makes the fewest new ways. */
function leastWoven(states: ReadonlySet<number>, ways: ReadonlyMap<number, Ways>): number {
  const weight = (state: number): number =>
    [...ways.values()].filter((from) => from.has(state)).length * (ways.get(state)?.size ?? 0);
  return [...states].reduce((least, state) => (weight(state) < weight(least) ? state : least));
}

/** Takes a state out; gives the size of all that now leads past it. */
function bypass(state: number, ways: Map<number, Ways>): number {
  const out = ways.get(state) ?? new Map<number, Regex>();
  ways.delete(state);
  const around = out.get(state);
  const loop: Regex = around ? { kind: 'repeat', of: around, least: 0, most: null } : EMPTY;
  let size = 0;
  for (const from of ways.values()) {
    const into = from.get(state);
    if (!into) continue;
    from.delete(state);
    for (const [to, on] of out) if (to !== state) from.set(to, either(from.get(to), inTurn([into, loop, on])));
    for (const way of from.values()) size += sizeOf(way);
  }
  return size;
}

function either(one: Regex | undefined, other: Regex): Regex {
  if (!one) return other;
  if (one.kind === 'set' && other.kind === 'set') return { ...one, ranges: merged([...one.ranges, ...other.ranges]) };
  const options = [one, other].flatMap((part) => (part.kind === 'choice' ? part.options : [part]));
  return { kind: 'choice', options };
}

function inTurn(given: readonly Regex[]): Regex {
  const parts = given.flatMap((part) => (part.kind === 'sequence' ? part.parts : [part]));
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: 'sequence', parts };
}
