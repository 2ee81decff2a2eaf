import { unreachable } from '#shared/base/assert.ts';
import type { AnyEntry, ExceptionStage } from './item.ts';

/** An exception as a plain sentence. Values are event text: show it as text only. */
export function exceptionSentence(entries: readonly AnyEntry[], stage: ExceptionStage): string {
  const subject = stage === 'event' ? 'Leaves out events' : 'Leaves out results';
  return `${subject} where ${entries.map(entrySentence).join(' and ')}.`;
}

/** One condition as a clause: `process.name is not one of "a", "b"`. */
export function entrySentence(entry: AnyEntry): string {
  if (entry.type === 'nested')
    return `an object of ${entry.field} has ${entry.entries.map(entrySentence).join(' and ')}`;
  const no = entry.operator === 'excluded';
  switch (entry.type) {
    case 'match':
      return `${entry.field} ${no ? 'is not' : 'is'} ${quoted(entry.value)}`;
    case 'match_any':
      return `${entry.field} ${no ? 'is not' : 'is'} one of ${entry.value.map(quoted).join(', ')}`;
    case 'wildcard':
      return `${entry.field} ${no ? 'does not match' : 'matches'} ${quoted(entry.value)}`;
    case 'exists':
      return `${entry.field} ${no ? 'does not exist' : 'exists'}`;
    case 'list':
      return `${entry.field} ${no ? 'is not' : 'is'} in the list ${quoted(entry.list.id)}`;
    default:
      return unreachable(entry);
  }
}

const quoted = (value: string): string => `“${value}”`;
