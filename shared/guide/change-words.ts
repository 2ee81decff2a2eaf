import { unreachable } from '#shared/base/assert.ts';
import type { Hint } from './hint.ts';
import type { SeenChange } from './seen.ts';

const LEANING_WORDS: Readonly<Record<Hint['leaning'] | 'none', string>> = {
  suspicious: 'leaned suspicious',
  expected: 'leaned expected',
  neutral: 'leaned to nothing',
  none: 'said nothing',
};

/** What contradicts an answer, in a sentence without its full stop. */
export function changeWords(change: SeenChange): string {
  switch (change.kind) {
    case 'rows':
      return `the query had ${counted(change.before)}, and has ${counted(change.after)} now`;
    case 'hint':
      return change.after === null
        ? `the hint is gone that ${LEANING_WORDS[change.before ?? 'none']}`
        : `the hint ${LEANING_WORDS[change.before ?? 'none']}, and leans ${change.after} now: ${change.reason}`;
    case 'values':
      return [
        ...(change.added.length > 0 ? [`${change.field} now has ${listed(change.added)} too`] : []),
        ...(change.gone.length > 0 ? [`${change.field} no longer has ${listed(change.gone)}`] : []),
      ].join(', ');
    case 'question':
      return 'the guide asks something else now';
    default:
      return unreachable(change);
  }
}

const counted = (rows: number): string => (rows === 1 ? '1 row' : `${rows} rows`);
const listed = (values: readonly string[]): string => values.map((value) => `“${value}”`).join(', ');
