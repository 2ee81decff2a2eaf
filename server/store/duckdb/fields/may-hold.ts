import { type Field, pathOf } from '#shared/event/field.ts';

/** Characters that JSON can write otherwise than as themselves without naming their code. */
const ESCAPED = /["\\/\p{Cc}]/u;

/**
 * Whether the text of a record can hold one of these fields: however the keys are nested or dotted, every part of the field's name
 * stands in it, or it writes characters by their codes. Most records lack what most do not have, and need not be parsed for it.
 */
export function mayHold(fields: readonly Field[]): (text: string) => boolean {
  const parts = fields.map((field) => [
    ...new Set(
      pathOf(field)
        .split('.')
        .filter((part) => !ESCAPED.test(part)),
    ),
  ]);
  return (text) => text.includes('\\u') || parts.some((all) => all.every((part) => text.includes(part)));
}
