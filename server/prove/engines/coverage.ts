import { AGGREGATES } from '#shared/lang/esql/aggregate-functions.ts';
import { INTERNAL_FUNCTIONS } from '#shared/lang/esql/language-functions.ts';
import type { ElementTest, Expression } from '#shared/plan/expression.ts';
import { FUNCTIONS } from '#shared/plan/functions.ts';
import type { Plan, Step } from '#shared/plan/plan.ts';
import { expressionsOf, visitExpression } from '#shared/plan/walk.ts';

const STEPS: readonly Step['kind'][] = [
  ...([
    'filter',
    'keep',
    'drop',
    'derive',
    'rename',
    'aggregate',
    'inline-aggregate',
    'sort',
    'limit',
    'expand',
  ] as const),
  ...(['ticks', 'new-terms'] as const),
];
const NODES: readonly Expression['kind'][] = [
  ...(['literal', 'now', 'column', 'single', 'any', 'nested', 'compare', 'in', 'like', 'regex', 'extract'] as const),
  ...(['replace', 'dissect', 'is-null', 'and', 'or', 'not', 'arithmetic', 'call'] as const),
];
const TESTS: readonly ElementTest['kind'][] = [
  ...(['exists', 'equals', 'one-of', 'like', 'range', 'cidr', 'up-to', 'word', 'phrase', 'never'] as const),
];

/** Everything that plans are made of, and which of it has been seen. */
export interface Coverage {
  readonly add: (plan: Plan) => void;
  readonly seen: () => number;
  readonly missing: () => readonly string[];
}

const ALL: readonly string[] = [
  ...STEPS.map((kind) => `step ${kind}`),
  ...NODES.map((kind) => `node ${kind}`),
  ...TESTS.map((kind) => `test ${kind}`),
  ...FUNCTIONS.map(({ name }) => name)
    .filter((name) => !INTERNAL_FUNCTIONS.has(name) && name !== 'date_trunc')
    .map((name) => `function ${name}`),
  ...new Set([...AGGREGATES.values()].map((signature) => `aggregate ${signature.function}`)),
];

export function openCoverage(): Coverage {
  const seen = new Set<string>();
  return {
    add: (plan) => {
      for (const step of plan.steps) addStep(step, seen);
    },
    seen: () => ALL.filter((name) => seen.has(name)).length,
    missing: () => ALL.filter((name) => !seen.has(name)),
  };
}

function addStep(step: Step, seen: Set<string>): void {
  seen.add(`step ${step.kind}`);
  if (step.kind === 'aggregate' || step.kind === 'inline-aggregate') {
    for (const one of step.aggregates) seen.add(`aggregate ${one.function}`);
  }
  for (const expression of expressionsOf(step)) addExpression(expression, seen);
}

function addExpression(expression: Expression, seen: Set<string>): void {
  visitExpression(expression, (node) => {
    seen.add(`node ${node.kind}`);
    if (node.kind === 'call') seen.add(`function ${node.name}`);
    if (node.kind === 'nested') addExpression(node.where, seen);
    if (node.kind === 'any') addTest(node.test, seen);
  });
}

function addTest(test: ElementTest, seen: Set<string>): void {
  seen.add(`test ${test.kind}`);
  if (test.kind === 'up-to' || test.kind === 'word') addTest(test.test, seen);
}
