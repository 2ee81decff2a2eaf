import { unreachable } from '#shared/base/assert.ts';
import { isNullable, type Regex, type RegexPlace, type RegexSet } from '#shared/plan/regex.ts';

/** One step of a compiled expression; `next` and `other` are places in the program, `next` preferred. */
type Instruction =
  | { readonly kind: 'set'; readonly set: RegexSet; readonly next: number }
  | { readonly kind: 'split'; readonly next: number; readonly other: number }
  | { readonly kind: 'save'; readonly slot: number; readonly next: number }
  | { readonly kind: 'test'; readonly holds: (points: readonly number[], at: number) => boolean; readonly next: number }
  | { readonly kind: 'found' };

interface Program {
  readonly code: readonly Instruction[];
  readonly start: number;
}

/** Where a match and its captures begin and end, in code points: slots 0 and 1 the match, 2n and 2n + 1 capture n. */
export type Slots = readonly (number | undefined)[];

const PROGRAMS = new WeakMap<Regex, Program>();

export const pointsOf = (text: string): readonly number[] => Array.from(text, (point) => point.codePointAt(0) ?? 0);

export const textOf = (points: readonly number[]): string =>
  points.map((point) => String.fromCodePoint(point)).join('');

/**
 * The first match at or after a place, by the rules of `Regex`. All ways through the expression are gone at once, the
 * preferred first, so that the time grows with text times expression, whatever both are (Pike's machine, as in RE2).
 */
export function search(regex: Regex, points: readonly number[], from = 0): Slots | null {
  const program = PROGRAMS.get(regex) ?? compiled(regex);
  PROGRAMS.set(regex, program);
  let active: Thread[] = [];
  let found: Slots | null = null;
  for (let at = from; at <= points.length; at += 1) {
    const threads = threadsAt(program, points, at);
    for (const thread of active) threads.add(thread.at, thread.slots);
    if (found === null) threads.add(program.start, []);
    const step = advance(program, threads.list, points[at], at);
    found = step.found ?? found;
    active = step.active;
    if (active.length === 0 && found !== null) break;
  }
  return found;
}

/** Whether the whole text matches. */
export const matchesRegex = (regex: Regex, text: string): boolean => search(wholeOf(regex), pointsOf(text)) !== null;

const WHOLE = new WeakMap<Regex, Regex>();

function wholeOf(regex: Regex): Regex {
  const known = WHOLE.get(regex);
  if (known) return known;
  const ends = ['text-start', 'text-end'] as const;
  const [start, end] = ends.map((at): Regex => ({ kind: 'place', at }));
  const whole: Regex = { kind: 'sequence', parts: [start, regex, end].filter((part) => part !== undefined) };
  WHOLE.set(regex, whole);
  return whole;
}

interface Thread {
  readonly at: number;
  readonly slots: Slots;
}

/** Follows ways that take nothing, each instruction once: whoever comes first is preferred. */
function threadsAt({ code }: Program, points: readonly number[], place: number) {
  const list: Thread[] = [];
  const seen = new Set<number>();
  const add = (start: number, taken: Slots): void => {
    let [at, slots] = [start, taken];
    while (!seen.has(at)) {
      seen.add(at);
      const instruction = code[at];
      if (instruction === undefined) return;
      switch (instruction.kind) {
        case 'set':
        case 'found':
          list.push({ at, slots });
          return;
        case 'save':
          slots = withSlot(slots, instruction.slot, place);
          break;
        case 'split':
          add(instruction.next, slots);
          at = instruction.other;
          continue;
        case 'test':
          if (!instruction.holds(points, place)) return;
          break;
        default:
          unreachable(instruction);
      }
      at = instruction.next;
    }
  };
  return { list, add };
}

function withSlot(slots: Slots, slot: number, place: number): Slots {
  const changed = [...slots];
  changed[slot] = place;
  return changed;
}

/** The threads after reading one code point; those behind a finished one are given up. */
function advance({ code }: Program, threads: readonly Thread[], point: number | undefined, place: number) {
  const active: Thread[] = [];
  for (const { at, slots } of threads) {
    const instruction = code[at];
    if (instruction?.kind === 'found') return { active, found: withSlot(slots, 1, place) };
    if (instruction?.kind !== 'set' || point === undefined || !isIn(instruction.set, point)) continue;
    active.push({ at: instruction.next, slots });
  }
  return { active, found: null };
}

export const isIn = ({ ranges, negated }: RegexSet, point: number): boolean =>
  ranges.some(([first, last]) => first <= point && point <= last) !== negated;

function compiled(regex: Regex): Program {
  const code: Instruction[] = [{ kind: 'found' }];
  const put = (instruction: Instruction): number => code.push(instruction) - 1;
  const build = (node: Regex, next: number): number => {
    switch (node.kind) {
      case 'set':
        return put({ kind: 'set', set: node, next });
      case 'sequence':
        return node.parts.reduceRight((after, part) => build(part, after), next);
      case 'choice':
        return node.options
          .map((option) => build(option, next))
          .reduceRight((other, option) => put({ kind: 'split', next: option, other }));
      case 'capture': {
        const close = put({ kind: 'save', slot: 2 * node.index + 1, next });
        return put({ kind: 'save', slot: 2 * node.index, next: build(node.of, close) });
      }
      case 'place':
        return put({ kind: 'test', holds: PLACES[node.at], next });
      case 'look': {
        const { set, absent } = node;
        const step = node.side === 'ahead' ? 0 : -1;
        return put({ kind: 'test', holds: (points, at) => holdsAt(points, at + step, set) !== absent, next });
      }
      case 'repeat':
        return buildRepeat(node, next);
      default:
        return unreachable(node);
    }
  };
  const split = (lazy: boolean, more: number, next: number): number =>
    put(lazy ? { kind: 'split', next, other: more } : { kind: 'split', next: more, other: next });
  const buildRepeat = (node: Regex & { readonly kind: 'repeat' }, next: number): number => {
    const { of, least, most, lazy = false } = node;
    let start = next;
    let required = least;
    if (most === null) {
      // What can match nothing is tried once at least, so that its captures come out as in RE2.
      const once = least > 0 || isNullable(of);
      const loop = put({ kind: 'found' });
      const body = build(of, loop);
      code[loop] = lazy ? { kind: 'split', next, other: body } : { kind: 'split', next: body, other: next };
      start = once ? body : loop;
      if (once && least === 0) start = split(lazy, body, next);
      required = Math.max(0, least - 1);
    } else {
      for (let count = least; count < most; count += 1) start = split(lazy, build(of, start), next);
    }
    for (let count = 0; count < required; count += 1) start = build(of, start);
    return start;
  };
  const start = put({ kind: 'save', slot: 0, next: build(regex, 0) });
  return { code, start };
}

const NEWLINE = 10;

const holdsAt = (points: readonly number[], at: number, set: RegexSet): boolean => {
  const point = points[at];
  return point !== undefined && isIn(set, point);
};

const WORD: RegexSet = {
  kind: 'set',
  ranges: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
  ],
  negated: false,
};

const isWordEdge = (points: readonly number[], at: number): boolean =>
  holdsAt(points, at - 1, WORD) !== holdsAt(points, at, WORD);

const PLACES: Readonly<Record<RegexPlace, (points: readonly number[], at: number) => boolean>> = {
  'text-start': (_, at) => at === 0,
  'text-end': (points, at) => at === points.length,
  'line-start': (points, at) => at === 0 || points[at - 1] === NEWLINE,
  'line-end': (points, at) => at === points.length || points[at] === NEWLINE,
  'word-edge': isWordEdge,
  'no-word-edge': (points, at) => !isWordEdge(points, at),
};
