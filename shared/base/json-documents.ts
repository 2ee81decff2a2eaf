import { type ObjectProblem, parseObject } from './json.ts';
import type { Result } from './result.ts';

/** An object among those of a text. */
export interface JsonDocument {
  /** That it begins on, from 1. */
  readonly line: number;
  readonly text: string;
  /** Offsets of a problem are those of `text`. */
  readonly object: Result<object, ObjectProblem>;
}

/** The objects of a text: one a line, blank lines being none, or a single one that is written over several lines. */
export function jsonDocuments(text: string): readonly JsonDocument[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first === -1) return [];
  const beginning = lines[first] ?? '';
  const opening = parseObject(beginning);
  if (!opening.ok && opening.error.offset >= beginning.trimEnd().length) {
    const whole = lines.slice(first).join('\n');
    return [{ line: first + 1, text: whole, object: parseObject(whole) }];
  }
  return lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [{ line: index + 1, text: line, object: index === first ? opening : parseObject(line) }],
  );
}
