import { partsOf, type Range, type Regex, type RegexSet } from '#shared/plan/regex.ts';
import { complement } from './character-sets.ts';

/** Code points that no expression tells apart. */
export type PointClass = readonly Range[];

/** A deterministic automaton over classes of code points, with a move for every class from every state; state 0 begins. */
export interface Automaton {
  readonly classes: readonly PointClass[];
  /** By state, then by class: the next state. */
  readonly moves: readonly (readonly number[])[];
  readonly accepting: readonly boolean[];
}

/** Most states that are looked at: an expression may need twice as many for each code point more. */
const MOST_STATES = 400;

/** The classes that the sets of these expressions divide all code points into. */
export function classesOf(regexes: readonly Regex[]): readonly PointClass[] {
  const sets = regexes.flatMap(setsIn).map(rangesOf);
  const starts = new Set([0, ...sets.flatMap((ranges) => ranges.flatMap(([first, last]) => [first, last + 1]))]);
  const ordered = [...starts].filter((start) => start <= LAST_POINT).toSorted((left, right) => left - right);
  const classes = new Map<string, Range[]>();
  for (const [index, first] of ordered.entries()) {
    const holders = sets.map((ranges) => holds(ranges, first)).join();
    classes.set(holders, [...(classes.get(holders) ?? []), [first, (ordered[index + 1] ?? LAST_POINT + 1) - 1]]);
  }
  return [...classes.values()];
}

const LAST_POINT = 0x10ffff;

const setsIn = (regex: Regex): readonly RegexSet[] => (regex.kind === 'set' ? [regex] : partsOf(regex).flatMap(setsIn));

const rangesOf = ({ ranges, negated }: RegexSet): readonly Range[] => (negated ? complement(ranges) : ranges);

const holds = (ranges: readonly Range[], code: number): boolean =>
  ranges.some(([first, last]) => first <= code && code <= last);

/** An automaton that takes what the expression matches, which looks at no places; null where it would be too large. */
export function automatonOf(regex: Regex, classes: readonly PointClass[]): Automaton | null {
  const network = networkOf(regex, classes);
  const states = [closureOf([0], network)];
  const known = new Map([[String(states[0]), 0]]);
  const moves: number[][] = [];
  for (let state = states[0], at = 0; state !== undefined; at += 1, state = states[at]) {
    if (at >= MOST_STATES) return null;
    const from = state;
    moves.push(
      classes.map((_, taken) => {
        const next = from.flatMap((place) => (network.steps[place] ?? []).filter((step) => step.taken.has(taken)));
        const reached = closureOf(
          next.map(({ to }) => to),
          network,
        );
        const number = known.get(String(reached)) ?? states.push(reached) - 1;
        known.set(String(reached), number);
        return number;
      }),
    );
  }
  return { classes, moves, accepting: states.map((state) => state.includes(1)) };
}

/** Places between code points; 0 begins and 1 ends. */
interface Network {
  readonly steps: { readonly taken: ReadonlySet<number>; readonly to: number }[][];
  readonly free: number[][];
}

function networkOf(regex: Regex, classes: readonly PointClass[]): Network {
  const network: Network = { steps: [[], []], free: [[], []] };
  const place = (): number => {
    network.steps.push([]);
    return network.free.push([]) - 1;
  };
  const lead = (from: number, to: number) => network.free[from]?.push(to);
  const lay = (part: Regex, from: number, to: number): void => {
    switch (part.kind) {
      case 'set': {
        const ranges = rangesOf(part);
        const taken = classes.flatMap(([first], index) => (first && holds(ranges, first[0]) ? [index] : []));
        network.steps[from]?.push({ taken: new Set(taken), to });
        return;
      }
      case 'choice':
        for (const option of part.options) lay(option, from, to);
        return;
      case 'repeat':
        layRepeat(part, from, to);
        return;
      default:
        lead(
          partsOf(part).reduce((at, inner) => behind(inner, at), from),
          to,
        );
    }
  };
  const behind = (part: Regex, from: number): number => {
    const to = place();
    lay(part, from, to);
    return to;
  };
  const layRepeat = ({ of, least, most }: Regex & { readonly kind: 'repeat' }, from: number, to: number): void => {
    let at = from;
    for (let count = 0; count < least; count += 1) at = behind(of, at);
    if (most === null) {
      // A place of its own: what else leads here must not go round.
      const around = place();
      lead(at, around);
      lay(of, around, around);
      lead(around, to);
      return;
    }
    for (let count = least; count < most; count += 1) {
      lead(at, to);
      at = behind(of, at);
    }
    lead(at, to);
  };
  lay(regex, 0, 1);
  return network;
}

/** All places that are reached without taking anything, in order. */
function closureOf(places: readonly number[], { free }: Network): readonly number[] {
  const reached = new Set(places);
  for (const place of reached) for (const next of free[place] ?? []) reached.add(next);
  return [...reached].toSorted((left, right) => left - right);
}

/** Takes what both take. Over the same classes. */
export function both(left: Automaton, right: Automaton): Automaton | null {
  const pairs: (readonly [number, number])[] = [[0, 0]];
  const known = new Map([['0,0', 0]]);
  const moves: number[][] = [];
  for (let pair = pairs[0], at = 0; pair !== undefined; at += 1, pair = pairs[at]) {
    if (at >= MOST_STATES) return null;
    const [one, other] = pair;
    moves.push(
      left.classes.map((_, taken) => {
        const next = [left.moves[one]?.[taken] ?? 0, right.moves[other]?.[taken] ?? 0] as const;
        const number = known.get(String(next)) ?? pairs.push(next) - 1;
        known.set(String(next), number);
        return number;
      }),
    );
  }
  const accepting = pairs.map(([one, other]) => left.accepting[one] === true && right.accepting[other] === true);
  return { classes: left.classes, moves, accepting };
}

/** Takes what the automaton does not. */
export const other = (automaton: Automaton): Automaton => ({
  ...automaton,
  accepting: automaton.accepting.map((accepts) => !accepts),
});

/** The same with as few states as can be: states that no text tells apart become one. */
export function smallest({ classes, moves, accepting }: Automaton): Automaton {
  let group = accepting.map(Number);
  for (;;) {
    const kinds = new Map<string, number>();
    const finer = group.map((own, state) => {
      const kind = [own, ...(moves[state] ?? []).map((next) => group[next])].join();
      kinds.set(kind, kinds.get(kind) ?? kinds.size);
      return kinds.get(kind) ?? 0;
    });
    const settled = kinds.size === new Set(group).size;
    group = finer;
    if (settled) break;
  }
  // Groups are numbered in the order of their first state, so that 0 begins.
  const first = [...new Set(group)].map((number) => group.indexOf(number));
  return {
    classes,
    moves: first.map((state) => (moves[state] ?? []).map((next) => group[next] ?? 0)),
    accepting: first.map((state) => accepting[state] ?? false),
  };
}
