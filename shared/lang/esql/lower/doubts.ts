import type { Node, StringLiteral } from '#shared/lang/esql/syntax/ast.ts';
import { type Context, report } from './context.ts';

const HABIT = { code: 'foreign-habit', severity: 'warning' } as const;

/** Comparisons that Elasticsearch takes, and that seldom mean what their author thought. */
export function doubtComparison(node: Node & { readonly kind: 'compare' }, context: Context): void {
  const isEquality = node.operator === '==' || node.operator === '!=';
  if (node.left.kind === 'null' || node.right.kind === 'null') {
    report(context, node, {
      ...HABIT,
      message: 'A comparison with null is never true.',
      remedy: node.operator === '!=' ? 'Write IS NOT NULL.' : 'Write IS NULL.',
    });
  }
  if (isEquality) doubtStar(node.right, context);
}

/** A text that begins or ends with `*`, where it stands for itself. */
export function doubtStar(node: Node, context: Context): void {
  if (node.kind !== 'string' || !/^\*[\w.\\/-]+\*?$|^[\w.\\/-]+\*$/.test(node.value)) return;
  report(context, node, { ...HABIT, message: 'Here `*` stands for itself.', remedy: 'Patterns are written LIKE "…".' });
}

/** Wildcards of SQL. */
export function doubtLike(literal: StringLiteral, context: Context): void {
  if (!/^%[^%*]+%?$|^[^%*]+%$/.test(literal.value)) return;
  report(context, literal, {
    ...HABIT,
    message: 'In LIKE `%` stands for itself.',
    remedy: 'Any run of characters is `*`.',
  });
}

/** A word as a pattern, which only the word itself fits. Of paths and blanks that is what is meant. */
export function doubtPlainLike([only]: readonly StringLiteral[], context: Context): void {
  if (!only || !/^\w[\w.-]*$/.test(only.value)) return;
  report(context, only, {
    ...HABIT,
    message: 'This pattern has no wildcard, so that LIKE is as ==.',
    remedy: 'Any run of characters is `*`: "*value*".',
  });
}

/** Slashes around a regular expression, as Lucene and other languages write it. */
export function doubtRlike(literal: StringLiteral, context: Context): void {
  doubtOperators(literal, context);
  if (!/^\/(?=.*\/$).*[[\]()*+?|^$\\]/s.test(literal.value)) return;
  report(context, literal, {
    ...HABIT,
    message: 'In RLIKE the slashes stand for themselves.',
    remedy: 'Take them out.',
  });
}

/** Operators of Lucene's that other languages of expressions do not have. */
const OPERATORS: Readonly<Record<string, string>> = {
  '&': 'asks for texts that match what stands before it and what stands behind',
  '~': 'asks for texts that do not match what stands behind',
  '#': 'matches no text at all',
};

/** Each of them once, outside of sets and of quoted stretches. */
function doubtOperators(literal: StringLiteral, context: Context): void {
  const bare = literal.value.replaceAll(/\\.|"[^"]*"|\[\^?(?:\\.|[^\]\\])+\]/gs, '');
  for (const [operator, meaning] of Object.entries(OPERATORS)) {
    if (!bare.includes(operator)) continue;
    report(context, literal, {
      ...HABIT,
      message: `In RLIKE the \`${operator}\` ${meaning}.`,
      remedy: 'Put a backslash before it if the character is meant.',
    });
  }
}
