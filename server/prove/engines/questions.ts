import type { Random } from '#server/demo/random.ts';
import type { Instant } from '#shared/base/time.ts';
import { compileException } from '#shared/exceptions/compile.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { esqlText } from './esql-text.ts';
import { anException } from './exceptions.ts';
import { FIELDS } from './fields.ts';
import { kqlText } from './kql-text.ts';
import { aRule } from './rules.ts';

/** What was asked, as its author wrote it. */
export interface Question {
  readonly kind: 'kql' | 'esql' | 'exception' | 'rule';
  readonly text: string;
}

/** A plan for one question, or for several that are columns of it: `q0`, `q1`, … true or false of each event. */
export interface Asked {
  readonly plan: Plan;
  readonly questions: readonly Question[];
}

interface Condition extends Question {
  readonly where: Expression;
}

/** A query or an exception that compiles, and how often one was refused before. */
function condition(random: Random, refused: () => void): Condition {
  for (;;) {
    if (random.chance(0.75)) {
      const text = kqlText(random, FIELDS.fields, random.chance(0.2) ? 3 : 1);
      const compiled = compileKql(text, FIELDS);
      if (compiled.ok) return { kind: 'kql', text, where: compiled.value.expression };
    } else {
      const { entries, ...context } = anException(random);
      const compiled = compileException(entries, FIELDS, context);
      if (compiled.ok)
        return { kind: 'exception', text: JSON.stringify({ entries, ...context }), where: compiled.value };
    }
    refused();
  }
}

/** So many conditions are one plan: most of what a question costs is the asking. */
const CONDITIONS_AT_ONCE = 20;

/** Conditions on events beside each other. */
export function askConditions(random: Random, refused: () => void): Asked {
  const conditions = Array.from({ length: CONDITIONS_AT_ONCE }, () => condition(random, refused));
  const columns = conditions.map(({ where }, index) => ({ name: `q${index}`, value: where }));
  const plan: Plan = {
    steps: [
      { kind: 'derive', columns },
      { kind: 'keep', columns: columns.map(({ name }) => name) },
    ],
  };
  return { plan, questions: conditions };
}

/** One condition as the filter that a search makes of it. */
export function askFilter(random: Random, refused: () => void): Asked {
  const { where, ...question } = condition(random, refused);
  const plan: Plan = {
    steps: [
      { kind: 'filter', where },
      { kind: 'keep', columns: ['event.id'] },
    ],
  };
  return { plan, questions: [question] };
}

export function askEsql(random: Random, refused: () => void): Asked {
  for (;;) {
    const made = esqlText(random);
    for (const _ of made.refused) refused();
    const compiled = compileEsql(made.text, FIELDS);
    if (compiled.ok) return { plan: compiled.value.plan, questions: [{ kind: 'esql', text: made.text }] };
  }
}

export function askRule(
  random: Random,
  range: { readonly from: Instant; readonly to: Instant },
  refused: () => void,
): Asked {
  for (;;) {
    const rule = aRule(random, range);
    if (rule) return { plan: rule.plan, questions: [{ kind: 'rule', text: rule.text }] };
    refused();
  }
}
