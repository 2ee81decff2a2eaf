import { unreachable } from '#shared/base/assert.ts';
import type { Regex } from '#shared/plan/regex.ts';

/** A place in the expression: what may be read there, and where reading leads. No test: a way that reads nothing. */
interface State {
  readonly test: (Regex & { readonly kind: 'set' }) | null;
  readonly next: State[];
}

/**
 * Whether the whole text matches. All ways through the expression are gone at once, so that the time grows with text times
 * expression, whatever both are.
 */
export function matchesRegex(regex: Regex, text: string): boolean {
  const end: State = { test: null, next: [] };
  let active = reachable([build(regex, end)]);
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const passed = [...active].filter(({ test }) => test !== null && holds(test, code)).flatMap(({ next }) => next);
    if (passed.length === 0) return false;
    active = reachable(passed);
  }
  return active.has(end);
}

const holds = ({ ranges, negated }: Regex & { readonly kind: 'set' }, code: number): boolean =>
  ranges.some(([first, last]) => first <= code && code <= last) !== negated;

/** These states and all that can be reached from them without reading. */
function reachable(states: readonly State[]): ReadonlySet<State> {
  const found = new Set<State>(states);
  for (const state of found) if (state.test === null) for (const next of state.next) found.add(next);
  return found;
}

/** The state at which the expression begins, with what follows it. */
function build(regex: Regex, after: State): State {
  switch (regex.kind) {
    case 'set':
      return { test: regex, next: [after] };
    case 'sequence':
      return regex.parts.reduceRight((next, part) => build(part, next), after);
    case 'choice':
      return { test: null, next: regex.options.map((option) => build(option, after)) };
    case 'repeat':
      return buildRepeat(regex, after);
    default:
      return unreachable(regex);
  }
}

function buildRepeat({ of, least, most }: Regex & { readonly kind: 'repeat' }, after: State): State {
  let start = after;
  if (most === null) {
    start = { test: null, next: [after] };
    start.next.push(build(of, start));
  } else {
    for (let count = least; count < most; count += 1) start = { test: null, next: [after, build(of, start)] };
  }
  for (let count = 0; count < least; count += 1) start = build(of, start);
  return start;
}
