import type { Expression } from '#shared/plan/expression.ts';
import { printRegex, type Regex } from '#shared/plan/regex.ts';
import { anyIsOneOf, anyPasses } from './any.ts';
import { type Cell, isNull, singleOf } from './cell.ts';
import { groupLeaves, type Leaf, leafOf } from './leaf.ts';
import { anyObject } from './nested.ts';
import { fullMatch, isOneOf, NO_ALTERNATIVES } from './one-of.ts';
import { columnOf, type Scope } from './scope.ts';
import { anyTuple, groupTuples, type TupleGroup } from './tuples.ts';

/** Scope of a condition, and how the values in it are compiled. */
export interface ConditionScope extends Scope {
  readonly cellOf: (expression: Expression) => Cell;
}

/** SQL that is true exactly where the expression is true; elsewhere false or NULL. For WHERE, FILTER and WHEN. */
export function holds(expression: Expression, scope: ConditionScope): string {
  const guard = guardOf(expression);
  if (guard) return `CASE WHEN ${holds(guard.guard, scope)} THEN ${holds(guard.behind, scope)} ELSE false END`;
  switch (expression.kind) {
    case 'and':
      return joined(
        ' AND ',
        expression.operands.map((operand) => holds(operand, scope)),
        'true',
      );
    case 'or':
      return disjunction(
        expression.operands,
        scope,
        (operand) => holds(operand, scope),
        (leaf) => leafSql(leaf, scope),
      );
    case 'not':
      return fails(expression.operand, scope);
    case 'any':
      return anySql(expression, scope);
    case 'compare':
      return countsSeveral(expression, scope) ? 'false' : kleene(expression, scope);
    default:
      return kleene(expression, scope);
  }
}

/** Whether it asks if there are several values where there never are. */
function countsSeveral(
  { operator, left, right }: Expression & { readonly kind: 'compare' },
  { cellOf }: ConditionScope,
): boolean {
  if (operator !== '>' || left.kind !== 'call' || left.name !== 'mv_count') return false;
  const [of] = left.args;
  const isMany = of === undefined || cellOf(of).kind !== 'one';
  return !isMany && right.kind === 'literal' && typeof right.value === 'number' && right.value >= 1;
}

/** In a scope of the object's own fields. */
const objectSql = (expression: Expression & { readonly kind: 'nested' }, scope: ConditionScope): string =>
  anyObject(expression, scope, (where, inside) => holds(where, { ...scope, ...inside }));

/**
 * SQL that is true exactly where the expression is false; elsewhere false or NULL. Negation is carried down to the leaves:
 * DuckDB then takes each conjunct on its own and stops at the first that fails.
 */
function fails(expression: Expression, scope: ConditionScope): string {
  const guard = guardOf(expression);
  if (guard) return `CASE WHEN ${holds(guard.guard, scope)} THEN ${fails(guard.behind, scope)} ELSE true END`;
  switch (expression.kind) {
    case 'and':
      return joined(
        ' OR ',
        expression.operands.map((operand) => fails(operand, scope)),
        'false',
      );
    case 'or': {
      const { leaves, others: rest } = groupLeaves(expression.operands);
      const { groups, others } = groupTuples(rest);
      const parts = [
        ...leaves.map((leaf) => negated(leaf.view === 'any', leafSql(leaf, scope))),
        ...groups.map((group) => `NOT ${tupleSql(group, scope)}`),
        ...others.map((operand) => fails(operand, scope)),
      ];
      return joined(' AND ', parts, 'true');
    }
    case 'not':
      return holds(expression.operand, scope);
    case 'any':
      return negated(true, anySql(expression, scope));
    default:
      return negated(false, kleene(expression, scope));
  }
}

/** `any` is two-valued: where its SQL is NULL, the leaf is false and its negation true. */
const negated = (twoValued: boolean, sql: string): string =>
  twoValued ? `NOT coalesce(${sql}, false)` : `NOT (${sql})`;

/** SQL with the expression's own three values. */
export function kleene(expression: Expression, scope: ConditionScope): string {
  const operand = (part: Expression) => kleene(part, scope);
  switch (expression.kind) {
    case 'and':
      return joined(' AND ', expression.operands.map(operand), 'true');
    case 'or':
      return disjunction(expression.operands, scope, operand, (leaf) => exactLeaf(leaf, scope));
    case 'not':
      return `(NOT ${operand(expression.operand)})`;
    case 'any':
      return `coalesce(${anySql(expression, scope)}, false)`;
    case 'nested':
      return objectSql(expression, scope);
    case 'is-null':
      return isNull(scope.cellOf(expression.of));
    case 'compare':
    case 'in':
    case 'like':
    case 'regex':
      return comparison(expression, scope);
    default:
      return singleOf(scope.cellOf(expression));
  }
}

function disjunction(
  operands: readonly Expression[],
  scope: ConditionScope,
  compile: (operand: Expression) => string,
  compileLeaf: (leaf: Leaf) => string,
): string {
  const { leaves, others: rest } = groupLeaves(operands);
  const { groups, others } = groupTuples(rest);
  const tuples = groups.map((group) => tupleSql(group, scope));
  return joined(' OR ', [...leaves.map(compileLeaf), ...tuples, ...others.map(compile)], 'false');
}

const tupleSql = (group: TupleGroup, scope: ConditionScope): string =>
  anyTuple(group, scope, () =>
    joined(
      ' OR ',
      group.operands.map((operand) => holds(operand, scope)),
      'false',
    ),
  );

/** From so many alternatives on, asking what they have in common first pays. */
const WORTH_A_GUARD = 8;

/**
 * One question in front of many: only the rows that pass it meet the others. A CASE keeps the engine to that order; its AND and OR
 * look at every row.
 */
function guardOf(expression: Expression): { readonly guard: Expression; readonly behind: Expression } | null {
  if (expression.kind !== 'and' || expression.operands.length !== 2) return null;
  const [guard, behind] = expression.operands;
  if (guard?.kind !== 'any' || behind?.kind !== 'or' || behind.operands.length < WORTH_A_GUARD) return null;
  return behind.operands.every((operand) => leafOf(operand) !== null) ? null : { guard, behind };
}

/** Operands that decide nothing are left out; one that decides all is all. */
function joined(operator: ' AND ' | ' OR ', operands: readonly string[], empty: 'true' | 'false'): string {
  const deciding = empty === 'true' ? 'false' : 'true';
  const parts = operands.filter((operand) => operand !== empty);
  if (parts.includes(deciding)) return deciding;
  return parts.length < 2 ? (parts[0] ?? empty) : `(${parts.join(operator)})`;
}

function anySql({ field, caseless, test }: Expression & { readonly kind: 'any' }, scope: Scope): string {
  // Such a leaf may name a field that nobody maps.
  if (test.kind === 'never') return 'false';
  return anyPasses(columnOf(scope, field), caseless === true, test);
}

/** The leaf's SQL; for an `any` leaf NULL stands for false. */
function leafSql({ view, column: name, caseless, alternatives }: Leaf, scope: Scope): string {
  const column = columnOf(scope, name);
  if (view === 'any') return anyIsOneOf(column, caseless, alternatives);
  return isOneOf(singleOf(column.cell), column.cell.type, column.variety, alternatives);
}

const exactLeaf = (leaf: Leaf, scope: Scope): string =>
  leaf.view === 'any' ? `coalesce(${leafSql(leaf, scope)}, false)` : leafSql(leaf, scope);

type Comparison = Expression & { readonly kind: 'compare' | 'in' | 'like' | 'regex' };

function comparison(expression: Comparison, scope: ConditionScope): string {
  const leaf = leafOf(expression);
  if (leaf) return leafSql(leaf, scope);
  const single = (part: Expression): string => singleOf(scope.cellOf(part));
  switch (expression.kind) {
    case 'compare':
      return `(${single(expression.left)} ${SQL_OPERATORS[expression.operator]} ${single(expression.right)})`;
    case 'like':
      return isOneOf(single(expression.value), 'string', 'many', { ...NO_ALTERNATIVES, patterns: expression.patterns });
    case 'regex':
      return regexMatch(single(expression.value), expression.patterns);
    case 'in':
      return expression.items.length === 0
        ? isOneOf(single(expression.value), 'null', 'many', NO_ALTERNATIVES)
        : `(${single(expression.value)} IN (${expression.items.map(single).join(', ')}))`;
  }
}

const regexMatch = (sql: string, patterns: readonly Regex[]): string =>
  fullMatch(sql, patterns.map((pattern) => `(?:${printRegex(pattern)})`).join('|'));

const SQL_OPERATORS = { '==': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;
