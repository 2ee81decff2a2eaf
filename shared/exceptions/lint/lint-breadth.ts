import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { AnyEntry } from '../item.ts';
import { warning } from './finding.ts';

/** Fields that many unrelated events share: alone, one of them hides a whole host, user or server. */
const BROAD = new Set([
  'host.name',
  'host.id',
  'host.hostname',
  'host.ip',
  'agent.id',
  'agent.name',
  'user.name',
  'user.id',
  'host.os.type',
]);

export const isExcluded = (entry: AnyEntry): boolean => entry.type !== 'nested' && entry.operator === 'excluded';

/** Whether all conditions together say too little. */
export function lintBreadth(entries: readonly AnyEntry[]): readonly Diagnostic[] {
  if (entries.every(isExcluded)) {
    return [
      warning(
        'only-negations',
        'Every condition is a negation: it holds for all events but a few, also for those that lack the field.',
        'Add a condition that says what is to be left out.',
      ),
    ];
  }
  const asked = entries.filter((entry) => !isExcluded(entry));
  if (asked.length > 0 && asked.every(({ field, type }) => field === 'process.args' && type !== 'nested')) {
    return [
      warning(
        'lone-argument',
        'It asks for single arguments only: every program that is given them is left out, a shell among them.',
        'Add the executable or the command line.',
      ),
    ];
  }
  if (!entries.every((entry) => BROAD.has(entry.field) || isExcluded(entry))) return [];
  const fields = entries.filter((entry) => !isExcluded(entry)).map((entry) => entry.field);
  return [
    warning(
      'too-broad',
      `${fields.join(' and ')} alone would hide everything this rule finds there, attacks included.`,
      'Add the command line, the parent or the working directory.',
    ),
  ];
}
