import { type Field, pathOf } from '#shared/event/field.ts';

/** Characters that JSON can write otherwise than as themselves without naming their code. */
const ESCAPED = /["\\/\p{Cc}]/u;

/** Characters by their codes. */
const BY_CODE = Buffer.from('\\u');

/**
 * Whether the text of records can hold one of these fields: however the keys are nested or dotted, the first part of the field's
 * name begins one, the last ends one, and every other stands in it, or characters are written by their codes. Most records lack what
 * most do not have, and need not be parsed for it.
 */
export function mayHold(fields: readonly Field[]): (text: Buffer) => boolean {
  const traces = fields.map((field) => tracesOf(pathOf(field)));
  return (text) => text.includes(BY_CODE) || traces.some((all) => all.every((trace) => text.includes(trace)));
}

const tracesOf = (path: string): readonly Buffer[] =>
  [...new Set(`"${path}"`.split('.'))]
    .filter((part) => !ESCAPED.test(part.replaceAll(/^"|"$/g, '')))
    .map((part) => Buffer.from(part));
