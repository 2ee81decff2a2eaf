import type { Finding } from './guide.ts';

export const FINDING_WORDS: Readonly<Record<Finding, string>> = {
  expected: 'Expected',
  suspicious: 'Suspicious',
  'not-applicable': 'Not applicable',
  unknown: 'Unknown',
  done: 'Done',
};
