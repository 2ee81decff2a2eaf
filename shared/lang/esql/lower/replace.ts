import { withoutLooks } from '#shared/lang/esql/patterns/look-aside.ts';
import { parseSearchPattern } from '#shared/lang/esql/patterns/search-pattern.ts';
import type { Capture } from '#shared/lang/esql/patterns/search-state.ts';
import type { Node } from '#shared/lang/esql/syntax/ast.ts';
import { isNullable, type Regex } from '#shared/plan/regex.ts';
import { single } from './cells.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { lowerText } from './patterns.ts';

type Call = Node & { readonly kind: 'call' };

/** The engine’s replacements name groups by one digit. */
const MOST_GROUPS = 9;

/**
 * `replace(text, expression, replacement)`: every match of an expression in Java's syntax replaced
 * (elastic/elasticsearch `docs/reference/`, ES|QL `REPLACE`). The expression and the replacement are constants.
 */
export function lowerReplace(node: Call, context: Context): Lowered {
  const [subject, pattern, replacement, ...more] = node.args;
  if (!subject || !pattern || !replacement || more.length > 0) {
    return report(context, node, {
      code: 'wrong-arguments',
      message: `Function [${node.name.text}] takes 3 arguments, found ${node.args.length}`,
    });
  }
  const of = lowerText(subject, node, context);
  const expression = constantText(pattern, context);
  const by = constantText(replacement, context);
  if (expression === null || by === null || !of) return null;
  const read = parseSearchPattern(expression, 'java');
  if (!read.ok) return refuse(pattern, `it cannot be used: ${read.error}`, context);
  if (isNullable(read.value.regex)) {
    return refuse(pattern, 'it also matches the empty text, of which there is one between all characters', context);
  }
  const plain = withoutLooks(read.value.regex, false);
  if (!plain) return refuse(pattern, 'it looks ahead or behind at what may be anything', context);
  const parts = replacementParts(by, read.value.captures);
  if (typeof parts === 'string') return refuse(replacement, parts, context);
  const { regex, numbers } = keepingOnly(plain, parts);
  if (numbers.size > MOST_GROUPS) return refuse(replacement, `it names more than ${MOST_GROUPS} groups`, context);
  const renumbered = parts.map((part) => (typeof part === 'number' ? (numbers.get(part) ?? 0) : part));
  return { kind: 'replace', of: single(of), regex, by: renumbered, span: spanOf(node) };
}

function refuse(at: Node, why: string, context: Context): null {
  return report(context, at, {
    code: 'invalid-pattern',
    message: `Invalid argument of REPLACE [${sourceOf(context, at)}]: ${why}`,
  });
}

function constantText(node: Node, context: Context): string | null {
  if (node.kind === 'string') return node.value;
  return report(context, node, {
    code: 'wrong-arguments',
    message: `The pattern and the replacement of REPLACE are constant texts here, found [${sourceOf(context, node)}]`,
  });
}

const REFERENCE = /\\(.)|\$(?:(\d)|\{(\w+)\})|(\$)|([^\\$]+)|\\/gs;

/** `$1` and `${name}` stand for groups, a backslash takes the next character as it is. A text says what is wrong. */
function replacementParts(text: string, captures: readonly Capture[]): readonly (string | number)[] | string {
  const parts: (string | number)[] = [];
  for (const [whole, escaped, digit, name, dollar, plain] of text.matchAll(REFERENCE)) {
    const index =
      digit !== undefined
        ? Number(digit)
        : name !== undefined
          ? captures.findIndex((capture) => capture.name === name) + 1
          : null;
    if (whole === '\\') return 'a `\\` stands at its end';
    if (dollar !== undefined) return 'a `$` is followed by no group; write `\\$` for the character';
    if (index !== null && (index > captures.length || (name !== undefined && index === 0)))
      return `there is no group ${digit ?? name}`;
    parts.push(index ?? escaped ?? plain ?? '');
  }
  return parts;
}

/** The expression with only those captures that the replacement uses, numbered anew. */
function keepingOnly(regex: Regex, parts: readonly (string | number)[]) {
  const used = [...new Set(parts.filter((part): part is number => typeof part === 'number' && part > 0))].sort(
    (a, b) => a - b,
  );
  const numbers = new Map(used.map((index, at) => [index, at + 1]));
  const change = (node: Regex): Regex => {
    switch (node.kind) {
      case 'capture': {
        const index = numbers.get(node.index);
        const of = change(node.of);
        return index === undefined ? of : { kind: 'capture', index, of };
      }
      case 'sequence':
        return { ...node, parts: node.parts.map(change) };
      case 'choice':
        return { ...node, options: node.options.map(change) };
      case 'repeat':
        return { ...node, of: change(node.of) };
      default:
        return node;
    }
  };
  return { regex: change(regex), numbers };
}
