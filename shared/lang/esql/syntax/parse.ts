import type { Tree } from '@lezer/common';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { Query } from './ast.ts';
import { buildQuery } from './build-ast.ts';
import { deepestOpening } from './nesting.ts';
import { sourceOf } from './syntax.ts';
import { syntaxErrors } from './syntax-error.ts';
import { treeOf } from './tree.ts';

/** Longest query, in UTF-16 units: bounds the time that reading one can take. */
export const MAX_LENGTH = 100_000;

/** How deep parentheses, signs, casts and chains of arithmetic may nest together: public rules stay below 10. */
export const MAX_NESTING = 200;

/** Reads a query. Its syntax errors come all at once, at most one a command. */
export function parseEsql(text: string): Result<Query, readonly Diagnostic[]> {
  if (text.length > MAX_LENGTH) {
    return fail([problem('query-too-long', `The query is longer than ${MAX_LENGTH} characters.`, 0, 0)]);
  }
  // Lezer itself overflows the stack where a text nests far deeper, so that it must not see such a one.
  const open = deepestOpening(text, MAX_NESTING);
  if (open !== null) return fail([tooDeep(open)]);
  const tree = treeOf(text);
  const deep = deepest(tree);
  if (deep !== null) return fail([tooDeep(deep)]);
  const errors = syntaxErrors(text, tree);
  return errors.length > 0 ? fail(errors) : succeed(buildQuery(sourceOf(text), tree.topNode));
}

const tooDeep = (at: number): Diagnostic =>
  problem('too-deep', `Expressions nest at most ${MAX_NESTING} levels deep.`, at, at + 1);

const problem = (code: string, message: string, from: number, to: number): Diagnostic => ({
  code,
  severity: 'error',
  message,
  span: { from, to },
});

/** Where nesting passes the limit, or null. Chains nest once an operator, since `a + b + c` is `(a + b) + c`. */
function deepest(tree: Tree): number | null {
  const weights: number[] = [];
  let depth = 0;
  let found: number | null = null;
  tree.iterate({
    enter: (node) => {
      const weight = CHAINS.has(node.name) ? childCount(node.node) : 1;
      weights.push(weight);
      depth += weight;
      if (depth > MAX_NESTING && found === null) found = node.from;
      return found === null;
    },
    leave: () => {
      depth -= weights.pop() ?? 0;
    },
  });
  return found;
}

const CHAINS: ReadonlySet<string> = new Set(['Sum', 'Product', 'Cast']);

function childCount(node: { readonly firstChild: unknown; getChildren(name: string): readonly unknown[] }): number {
  return ['AddOperator', 'MultiplyOperator', 'TypeName'].reduce((sum, name) => sum + node.getChildren(name).length, 1);
}
