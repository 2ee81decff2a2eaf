import type { Hint } from './hint.ts';
import type { HintFunction, HintInput } from './hint-input.ts';
import { firstSeenHint, spreadHint, timeHint } from './time-hints.ts';
import { commandLineHint, executableLocationHint, parentHint, userHint, workingDirectoryHint } from './value-hints.ts';

/** Automatic hints by the names that guides use. Each reads the alert only, and names the value it leans on. */
export const HINTS: ReadonlyMap<string, HintFunction> = new Map([
  ['command-line', commandLineHint],
  ['working-directory', workingDirectoryHint],
  ['parent', parentHint],
  ['user', userHint],
  ['time', timeHint],
  ['spread', spreadHint],
  ['executable-location', executableLocationHint],
  ['first-seen', firstSeenHint],
]);

/** The hints of these names. A name that does not exist gives none: checking a guide reports it. */
export const hintsFor = (names: readonly string[], input: HintInput): readonly Hint[] =>
  bySuspicion(names.flatMap((name) => HINTS.get(name)?.(input) ?? []));

/** Suspicious ones first. */
export const bySuspicion = (hints: readonly Hint[]): readonly Hint[] =>
  hints.toSorted((left, right) => RANK[left.leaning] - RANK[right.leaning]);

const RANK: Readonly<Record<Hint['leaning'], number>> = { suspicious: 0, neutral: 1, expected: 2 };
