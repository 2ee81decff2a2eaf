import type { Span } from '#shared/base/diagnostic.ts';
import { matchesAll, parseLikePattern } from '#shared/lang/esql/patterns/like-pattern.ts';
import { isMatchAll, parseRegexPattern } from '#shared/lang/esql/patterns/regex-pattern.ts';
import type { Node, StringLiteral } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { literalOf, type Pattern } from '#shared/plan/pattern.ts';
import type { Regex } from '#shared/plan/regex.ts';
import { typeOf } from '#shared/plan/types.ts';
import { single } from './cells.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { doubtLike, doubtPlainLike, doubtRlike } from './doubts.ts';
import { labelOf } from './type-label.ts';

type PatternNode = Node & { readonly kind: 'like' | 'rlike' };

/**
 * LIKE, with what Elasticsearch's optimizer makes of it (rule `ReplaceRegexMatch`): a pattern that matches all asks whether
 * there is a value, also where there are several; one without wildcards is equality.
 */
export function lowerLike(node: PatternNode, context: Context): Lowered {
  const cell = lowerText(node.value, node, context);
  const patterns = node.patterns.map((pattern) => lowerPattern(pattern, context));
  if (!cell || !patterns.every((pattern) => pattern !== null)) return null;
  if (patterns.every(matchesAll)) return isPresent(node, cell);
  const span = spanOf(node);
  const value = single(cell);
  const literals = patterns.map(literalOf);
  if (!literals.every((literal) => literal !== null)) return { kind: 'like', value, patterns, span };
  const items = literals.map((literal): Expression => ({ kind: 'literal', type: 'string', value: literal }));
  const [only] = items;
  if (items.length === 1) doubtPlainLike(node.patterns, context);
  return only && items.length === 1
    ? { kind: 'compare', operator: '==', left: value, right: only, span }
    : { kind: 'in', value, items, span };
}

/** RLIKE; the same optimizer rule asks whether there is a value where an expression matches all. */
export function lowerRlike(node: PatternNode, context: Context): Lowered {
  const cell = lowerText(node.value, node, context);
  const patterns = node.patterns.map((pattern) => lowerRegex(pattern, context));
  if (!cell || !patterns.every((pattern) => pattern !== null)) return null;
  if (patterns.every(isMatchAll)) return isPresent(node, cell);
  return { kind: 'regex', value: single(cell), patterns, span: spanOf(node) };
}

function isPresent(node: PatternNode, of: Expression): Expression {
  const span = spanOf(node);
  return { kind: 'not', operand: { kind: 'is-null', of, span }, span };
}

/** The cell of what must be text; `whole` is what wants it. */
export function lowerText(node: Node, whole: Span, context: Context): Lowered {
  const cell = context.lower(node, context);
  if (!cell || ['string', 'null'].includes(typeOf(cell))) return cell;
  const value = sourceOf(context, node);
  return report(context, node, {
    code: 'type-mismatch',
    message: `argument of [${sourceOf(context, whole)}] must be [string], found value [${value}] type [${labelOf(cell)}]`,
  });
}

function lowerPattern(literal: StringLiteral, context: Context): Pattern | null {
  const pattern = parseLikePattern(literal.value);
  if (pattern.ok) {
    doubtLike(literal, context);
    return pattern.value;
  }
  return report(context, literal, {
    code: 'invalid-pattern',
    message: `Invalid pattern for LIKE [${literal.value}]: [Invalid sequence - escape character is not followed by special wildcard char]`,
    remedy: 'A backslash stands only before *, ? or another backslash, and is doubled in "…".',
  });
}

function lowerRegex(literal: StringLiteral, context: Context): Regex | null {
  const regex = parseRegexPattern(literal.value);
  if (regex.ok) {
    warnOfLiteralStart(literal, context);
    doubtRlike(literal, context);
    return regex.value;
  }
  return report(context, literal, {
    code: 'invalid-pattern',
    message: `Invalid pattern for RLIKE [${literal.value}]: [${regex.error}]`,
    remedy: 'RLIKE takes a regular expression of Lucene, which matches the whole value.',
  });
}

/** An operator where a pattern, a group or an alternative begins. */
const LITERAL_START = /(?:^|(?<!\\)[(|])([*+?{|])/;

/** Lucene takes it so; whoever writes it seldom means it. */
function warnOfLiteralStart(literal: StringLiteral, context: Context): void {
  const [, operator] = LITERAL_START.exec(literal.value) ?? [];
  if (operator === undefined) return;
  report(context, literal, {
    code: 'literal-operator',
    severity: 'warning',
    message: `In RLIKE [${literal.value}] the \`${operator}\` stands for itself: there is nothing before it.`,
    remedy: operator === '*' ? 'Any text is `.*`.' : 'Take it out, or put a backslash before it if it is meant.',
  });
}
