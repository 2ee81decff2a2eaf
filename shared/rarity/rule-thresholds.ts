import type { Span } from '#shared/base/diagnostic.ts';
import { type Command, type Node, operandsOf } from '#shared/lang/esql/syntax/ast.ts';
import { parseEsql } from '#shared/lang/esql/syntax/parse.ts';
import type { CompareOperator } from '#shared/plan/expression.ts';
import type { Thresholds } from './thresholds.ts';

/**
 * The thresholds that an ES|QL query states for its groups: its own COUNT compared with `<` or `<=`, its COUNT_DISTINCT of
 * agents or hosts with `==`, `<` or `<=`. Null where it does not state both, once each.
 */
export function thresholdsOf(query: string): Thresholds | null {
  const stated = statedIn(query);
  return stated && { count: below(stated.count), agents: atMost(stated.agents) };
}

/**
 * The query with other thresholds in their places, and nothing else changed. Null where the query states none.
 */
export function withThresholds(query: string, { count, agents }: Thresholds): string | null {
  const stated = statedIn(query);
  if (stated === null) return null;
  const edits = [
    ...(count === below(stated.count) ? [] : [{ ...stated.count, text: ` < ${count}` }]),
    ...(agents === atMost(stated.agents) ? [] : [{ ...stated.agents, text: agents === 1 ? ' == 1' : ` <= ${agents}` }]),
  ].toSorted((left, right) => right.from - left.from);
  return edits.reduce((text, edit) => text.slice(0, edit.from) + edit.text + text.slice(edit.to), query);
}

/** An operator and its number, ` < 5`, with the place of both. */
interface Bound extends Span {
  readonly operator: CompareOperator;
  readonly value: number;
}

const below = ({ operator, value }: Bound): number => (operator === '<' ? value : value + 1);
const atMost = ({ operator, value }: Bound): number => (operator === '<' ? value - 1 : value);

const COUNTED_BY = ['agent.id', 'host.id', 'host.name'];

function statedIn(query: string): { readonly count: Bound; readonly agents: Bound } | null {
  const parsed = parseEsql(query);
  if (!parsed.ok) return null;
  const { commands } = parsed.value;
  const grouping = commands.findIndex(({ kind }) => kind === 'stats');
  const stats = commands[grouping];
  if (stats?.kind !== 'stats' || stats.inline) return null;
  const bounds = commands.slice(grouping + 1).flatMap(conditionsOf);
  const boundOf = (isWanted: (value: Node) => boolean, operators: readonly CompareOperator[]): Bound | null => {
    const names = stats.aggregates.flatMap(({ name, value }) => (name && isWanted(value) ? [name.text] : []));
    const found = bounds.flatMap((node) => asBound(query, node, names, operators));
    return found.length === 1 ? (found[0] ?? null) : null;
  };
  const count = boundOf(isCount, ['<', '<=']);
  const agents = boundOf(isCountOfAgents, ['==', '<', '<=']);
  return count && agents && { count, agents };
}

/** What a WHERE asks for at once; what stands under OR or NOT is no threshold of its own. */
const conditionsOf = (command: Command): readonly Node[] =>
  command.kind === 'where' ? alternatives(command.condition) : [];
const alternatives = (node: Node): readonly Node[] =>
  node.kind === 'and' ? operandsOf(node).flatMap(alternatives) : [node];

const isCount = (node: Node): boolean =>
  node.kind === 'call' && node.name.text.toLowerCase() === 'count' && node.args.length === 0;

const isCountOfAgents = (node: Node): boolean =>
  node.kind === 'call' &&
  node.name.text.toLowerCase() === 'count_distinct' &&
  node.args[0]?.kind === 'name' &&
  COUNTED_BY.includes(node.args[0].name);

/** Only as it is usually written, `name < 5`: parentheses and comments in between leave no place to write another in. */
function asBound(query: string, node: Node, names: readonly string[], operators: readonly CompareOperator[]): Bound[] {
  if (node.kind !== 'compare' || !operators.includes(node.operator)) return [];
  const { left, right, operator } = node;
  if (left.kind !== 'name' || !names.includes(left.name) || right.kind !== 'number') return [];
  if (node.to !== right.to || query.slice(left.to, right.from).trim() !== operator) return [];
  const value = Number(right.text);
  return Number.isInteger(value) ? [{ operator, value, from: left.to, to: right.to }] : [];
}
