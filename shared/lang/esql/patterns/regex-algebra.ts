import { type Regex, sizeOf } from '#shared/plan/regex.ts';
import { type Automaton, automatonOf, both, classesOf, other, smallest } from './automaton.ts';
import { regexOf } from './regex-of-automaton.ts';

/** Largest expression, repetitions written out, that is taken apart: it is gone through once for every state. */
const LARGEST = 500;

/** An expression of whole texts that both match; null where they are too large, or it would be larger than this. */
export function intersectionOf(left: Regex, right: Regex, largest: number): Regex | null {
  if (sizeOf(left) + sizeOf(right) > LARGEST) return null;
  const classes = classesOf([left, right]);
  const [one, two] = [left, right].map((regex) => automatonOf(regex, classes));
  return one && two ? written(both(smallest(one), smallest(two)), largest) : null;
}

/** An expression of every whole text that this one does not match; null as above. */
export function complementOf(regex: Regex, largest: number): Regex | null {
  const automaton = sizeOf(regex) > LARGEST ? null : automatonOf(regex, classesOf([regex]));
  return automaton && written(other(automaton), largest);
}

const written = (automaton: Automaton | null, largest: number): Regex | null =>
  automaton && regexOf(smallest(automaton), largest);
