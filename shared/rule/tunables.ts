import type { Span } from '#shared/base/diagnostic.ts';
import { type Command, type Node, operandsOf } from '#shared/lang/esql/syntax/ast.ts';
import { parseEsql } from '#shared/lang/esql/syntax/parse.ts';

/**
 * A number within an ES|QL query that a form can set: in a condition on the rows of STATS, in a length of time within any
 * condition, or of a LIMIT. Its span is the number's own.
 */
export interface Tunable extends Span {
  readonly kind: 'whole' | 'decimal' | 'length' | 'rows';
  /** The condition or command with `…` in the number's place: `cc < …`. */
  readonly label: string;
  readonly value: number;
}

/** In the order of the text. None where the query cannot be read. */
export function tunablesOf(query: string): readonly Tunable[] {
  const parsed = parseEsql(query);
  if (!parsed.ok) return [];
  const { commands } = parsed.value;
  const grouped = commands.findIndex((command) => command.kind === 'stats' && !command.inline);
  return commands
    .flatMap((command, at) => tunablesIn(query, command, grouped !== -1 && at > grouped))
    .toSorted((left, right) => left.from - right.from);
}

/** The query with another number in this place, and nothing else changed. Asks for a finite number that is not negative. */
export function withTunable(query: string, { from, to, kind }: Tunable, value: number): string {
  const text = kind === 'decimal' ? decimalText(value) : String(Math.trunc(value));
  return query.slice(0, from) + text + query.slice(to);
}

/** With a decimal point, as what stood there: a whole number would be of another type. */
const decimalText = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

function tunablesIn(query: string, command: Command, afterGrouping: boolean): readonly Tunable[] {
  if (command.kind === 'limit') {
    return command.count.kind === 'number' ? [tunable(query, command, command.count, 'rows')] : [];
  }
  if (command.kind !== 'where') return [];
  return conditionsIn(command.condition).flatMap((condition) =>
    leavesOf(condition).flatMap((leaf) => {
      if (leaf.kind === 'timespan') {
        const amount = { from: leaf.from, to: leaf.from + leaf.amount.length, text: leaf.amount };
        return [tunable(query, condition, amount, 'length')];
      }
      if (leaf.kind !== 'number' || !afterGrouping) return [];
      return [tunable(query, condition, leaf, /^\d+$/.test(leaf.text) ? 'whole' : 'decimal')];
    }),
  );
}

const tunable = (
  query: string,
  whole: Span,
  { from, to, text }: Span & { readonly text: string },
  kind: Tunable['kind'],
): Tunable => ({
  kind,
  label: `${query.slice(whole.from, from)}…${query.slice(to, whole.to)}`.replaceAll(/\s+/g, ' '),
  value: Number(text),
  from,
  to,
});

/** The comparisons that a condition is made of. */
const conditionsIn = (node: Node): readonly Node[] =>
  node.kind === 'and' || node.kind === 'or' || node.kind === 'not' ? operandsOf(node).flatMap(conditionsIn) : [node];

function leavesOf(node: Node): readonly Node[] {
  const operands = operandsOf(node);
  return operands.length === 0 ? [node] : operands.flatMap(leavesOf);
}
