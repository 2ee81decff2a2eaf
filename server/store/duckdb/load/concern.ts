import type { Field } from '#shared/event/field.ts';
import { type Expression, not } from '#shared/plan/expression.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import { visitExpression } from '#shared/plan/walk.ts';
import { conjunctsOf, dependsOnNow } from '#shared/rule/event-filter.ts';
import { one } from '../compile/cell.ts';
import { canMeetSeveral } from '../compile/complaints.ts';
import { compileCondition } from '../compile/expression.ts';
import type { Scope } from '../compile/scope.ts';
import { varietyOf } from '../compile/source.ts';

/** A field on its way into the store. */
export interface RawField {
  readonly field: Field;
  /** Its column: its text, or its JSON as text, or a list of texts. */
  readonly raw: string;
  readonly kind: 'text' | 'json' | 'list';
  /** True where the text may not be the value. */
  readonly doubt: string;
}

/**
 * SQL that is false only where none of the conditions can be true or null of a record, and none warns of several values
 * in it: `raws` are all that is known of it. Looks at texts only, since they cost nothing: what else a condition asks may be.
 */
export function mayConcernSql(conditions: readonly Expression[], raws: readonly RawField[]): string {
  const scope = scopeOf(raws);
  if (conditions.some((condition) => dependsOnNow(condition) || canMeetSeveral(condition, scope))) return 'true';
  const texts = new Set(raws.flatMap(({ field, kind }) => (kind === 'text' ? [field.name] : [])));
  const single = new Set(conditions.flatMap(singleFields));
  const several = raws.filter(({ field }) => single.has(field.name)).map(severalSql);
  const doubtOf = (condition: Expression): string => {
    const asked = new Set(fieldsOf(condition));
    const doubts = raws.filter(({ field }) => asked.has(field.name)).map(({ doubt }) => doubt);
    return doubts.length > 0 ? `(${doubts.join(' OR ')}) IS TRUE` : 'false';
  };
  const concerned = conditions.map((condition) =>
    chain(
      conjunctsOf(condition)
        .map((one) => overTexts(one, texts))
        .filter((one) => fieldsOf(one).length > 0)
        .map((one) => ({ fails: compileCondition(not(one), scope), doubt: doubtOf(one) })),
    ),
  );
  return `CASE ${[...several, ...concerned].map((sql) => `WHEN ${sql} THEN true`).join(' ')} ELSE false END`;
}

/** Part of a condition: what is true where a record fails it, and where what it looks at may be something else. */
interface Conjunct {
  readonly fails: string;
  readonly doubt: string;
}

/** The condition with all that asks for anything else undecided: false only where the condition is. */
function overTexts(condition: Expression, texts: ReadonlySet<string>): Expression {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return { ...condition, operands: condition.operands.map((operand) => overTexts(operand, texts)) };
    case 'not':
      return not(overTexts(condition.operand, texts));
    default:
      return fieldsOf(condition).every((name) => texts.has(name)) ? condition : UNDECIDED;
  }
}

const UNDECIDED: Expression = { kind: 'literal', type: 'boolean', value: null };

/**
 * One after the other, each only of the records that passed those before: what CASE does, and AND does not. A record that fails one
 * of them without a doubt fails all.
 */
const chain = (conjuncts: readonly Conjunct[]): string =>
  conjuncts.length === 0
    ? 'true'
    : `(CASE ${conjuncts.map(({ fails, doubt }) => `WHEN ${fails} THEN ${doubt}`).join(' ')} ELSE true END)`;

const severalSql = ({ raw, kind }: RawField): string =>
  kind === 'list' ? `len(${raw}) > 1` : `(${raw} >= '[' AND ${raw} < '\\')`;

/** Fields of which a condition may want one value; a KQL leaf takes any. */
function singleFields(condition: Expression): readonly string[] {
  const names: string[] = [];
  visitExpression(condition, (node) => {
    if (node.kind === 'column') names.push(node.name);
  });
  return names;
}

const scopeOf = (raws: readonly RawField[]): Scope => ({
  columns: raws.map(({ field, raw }) => ({
    name: field.name,
    cell: one(valueTypeOf(field.type), raw),
    variety: varietyOf(field),
  })),
  now: 0,
  tick: null,
});
