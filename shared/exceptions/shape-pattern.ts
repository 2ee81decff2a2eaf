import { shapeParts } from '#shared/rarity/shape.ts';
import { escapeExceptionPattern } from './wildcard.ts';

/**
 * A pattern for all values of the same shape: `*` where the value has a variable part, the rest word for word. Null where
 * nothing in it varies, or everything does.
 */
export function shapePattern(value: string): string | null {
  const parts = shapeParts(value);
  const fixed = parts.filter((part) => typeof part === 'string');
  if (fixed.length === parts.length || fixed.join('').trim() === '') return null;
  return parts.map((part) => (typeof part === 'string' ? escapeExceptionPattern(part) : '*')).join('');
}
