import { type FormatPart, parseDateFormat } from '#shared/lang/esql/patterns/date-format.ts';
import { literalPoint } from '#shared/lang/esql/patterns/pattern-reader.ts';
import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Regex } from '#shared/plan/regex.ts';
import { typeOf } from '#shared/plan/types.ts';
import { lowerSingle, single } from './cells.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { readAs } from './literal.ts';
import { lowerText } from './patterns.ts';

type Call = Node & { readonly kind: 'call' };

/** `date_format(pattern, time)`, or with the time alone as `to_string` writes it. */
export function lowerDateFormat(node: Call, context: Context): Lowered {
  const [first, second, ...more] = node.args;
  const subject = second ?? first;
  if (!first || !subject || more.length > 0) return wrongArguments(node, context);
  const time = timeOf(subject, node, context);
  const span = spanOf(node);
  if (!second) return time && { kind: 'call', name: 'to_string', type: 'string', args: [time], span };
  const parts = formatOf(first, node, context);
  if (!time || !parts) return null;
  return { kind: 'call', name: 'concat', type: 'string', args: parts.map((part) => written(part, time)), span };
}

/** `day_name(time)` and `month_name(time)`. */
export function lowerDateName(node: Call, letters: 'EEEE' | 'MMMM', context: Context): Lowered {
  const [subject, ...more] = node.args;
  if (!subject || more.length > 0) return wrongArguments(node, context);
  const time = timeOf(subject, node, context);
  return time && { ...written({ letters }, time), span: spanOf(node) };
}

function written(part: FormatPart, time: Expression): Expression {
  if ('text' in part) return { kind: 'literal', type: 'string', value: part.text };
  const letters: Expression = { kind: 'literal', type: 'string', value: part.letters };
  return { kind: 'call', name: 'date_text', type: 'string', args: [letters, time] };
}

function timeOf(subject: Node, node: Call, context: Context): Lowered {
  const lowered = lowerSingle(subject, context);
  const time = lowered && readAs(lowered, 'datetime', context);
  if (!time || ['datetime', 'null'].includes(typeOf(time))) return time;
  return report(context, subject, {
    code: 'type-mismatch',
    message: `[${sourceOf(context, subject)}] must be a datetime in [${sourceOf(context, node)}]`,
  });
}

function formatOf(pattern: Node, node: Call, context: Context): readonly FormatPart[] | null {
  const parsed = pattern.kind === 'string' ? parseDateFormat(pattern.value) : null;
  if (parsed?.ok && parsed.value.length > 0) return parsed.value;
  const why = parsed && !parsed.ok ? parsed.error : 'it must be a constant text';
  return report(context, pattern, {
    code: 'invalid-pattern',
    message: `Invalid pattern of [${sourceOf(context, node)}]: ${why}`,
    remedy: "Letters are those of Java: yyyy, MM, dd, HH, mm, ss, SSS; what stands for itself is quoted: 'T'.",
  });
}

const wrongArguments = (node: Call, context: Context): null =>
  report(context, node, {
    code: 'wrong-arguments',
    message: `Function [${node.name.text}] takes a time, and maybe a pattern before it`,
  });

/** How many digits each part that can be read has. */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ['yyyy', 4],
  ['MM', 2],
  ['dd', 2],
  ['HH', 2],
  ['mm', 2],
  ['ss', 2],
  ['SSS', 3],
]);

/**
 * `date_parse(pattern, text)`: where the text is made as the pattern says, its digits in the order of an ISO date, which
 * `to_datetime` reads; else null.
 */
export function lowerDateParse(node: Call, context: Context): Lowered {
  const [first, second, ...more] = node.args;
  const subject = second ?? first;
  if (!first || !subject || more.length > 0) return wrongArguments(node, context);
  const cell = lowerText(subject, node, context);
  const span = spanOf(node);
  const read = (of: Expression): Expression => ({
    kind: 'call',
    name: 'to_datetime',
    type: 'datetime',
    args: [of],
    span,
  });
  if (!second) return cell && read(single(cell));
  const parts = formatOf(first, node, context);
  if (!cell || !parts) return null;
  const letters = parts.flatMap((part) => ('letters' in part ? part.letters : []));
  const unreadable = letters.find((one, index) => !DIGITS.has(one) || letters.indexOf(one) !== index);
  if (unreadable !== undefined || !['yyyy', 'MM', 'dd'].every((one) => letters.includes(one))) {
    return report(context, first, {
      code: 'invalid-pattern',
      message: `Invalid pattern of [${sourceOf(context, node)}]: ${unreadable === undefined ? 'it needs yyyy, MM and dd' : `${unreadable} cannot be read`}`,
      remedy: 'Dates are read by yyyy, MM, dd, HH, mm, ss and SSS.',
    });
  }
  const text = single(cell);
  const regex = regexOf(parts);
  const written: Expression = { kind: 'replace', of: text, regex, by: isoOf(letters), span };
  const isMade: Expression = { kind: 'regex', value: text, patterns: [regex], span };
  return { kind: 'call', name: 'case', type: 'datetime', args: [isMade, read(written)], span };
}

const DIGIT: Regex = { kind: 'set', ranges: [[0x30, 0x39]], negated: false };

function regexOf(parts: readonly FormatPart[]): Regex {
  let index = 0;
  const pieces = parts.map((part): Regex => {
    if ('text' in part) return { kind: 'sequence', parts: Array.from(part.text, literalPoint) };
    const digits = DIGITS.get(part.letters) ?? 1;
    index += 1;
    return { kind: 'capture', index, of: { kind: 'repeat', of: DIGIT, least: digits, most: digits } };
  });
  return { kind: 'sequence', parts: pieces };
}

function isoOf(letters: readonly string[]): readonly (string | number)[] {
  const at = (one: string, otherwise: string): string | number => {
    const index = letters.indexOf(one);
    return index === -1 ? otherwise : index + 1;
  };
  return [
    ...[at('yyyy', ''), '-', at('MM', ''), '-', at('dd', ''), 'T', at('HH', '00'), ':', at('mm', '00')],
    ...[':', at('ss', '00'), '.', at('SSS', '000'), 'Z'],
  ];
}
