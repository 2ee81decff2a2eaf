import { wordsOf } from '#shared/base/words.ts';
import type { Node, Option } from '#shared/lang/esql/syntax/ast.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { kqlFieldName, kqlLiteral } from '#shared/lang/kql/literal.ts';
import { mapExpression } from '#shared/plan/map.ts';
import { fieldBehind } from '#shared/plan/provenance.ts';
import { typeOf } from '#shared/plan/types.ts';
import { type Context, type Lowered, report, sourceOf, spanOf } from './context.ts';
import { doubtStar } from './doubts.ts';
import { readAs } from './literal.ts';

type Call = Node & { readonly kind: 'call' };

/**
 * `match(field, "text")` and `field : "text"`: whether any value of the field is the text, of a field that Elasticsearch
 * analyses whether any has one of its words, with `{"operator": "AND"}` all of them; `match_phrase` the words in a row
 * (elastic/elasticsearch `docs/reference/`, ES|QL search functions). Two-valued, as KQL’s tests are.
 */
export function lowerMatch(node: Node & { readonly kind: 'match' }, context: Context): Lowered {
  return lowerTest(node, node.field, node.query, { context, phrase: false, every: false });
}

export function lowerMatchCall(node: Call, context: Context): Lowered {
  const [field, query, ...more] = node.args;
  if (!field || !query || more.length > 0) {
    return report(context, node, {
      code: 'wrong-arguments',
      message: `Function [${node.name.text}] takes a field and a constant`,
    });
  }
  const every = everyOf(node.options ?? [], context);
  if (every === null) return null;
  return lowerTest(node, field, query, { context, phrase: node.name.text.toLowerCase() === 'match_phrase', every });
}

/** Whether all words are wanted; null, and reported, for options that change what matches in other ways. */
function everyOf(options: readonly Option[], context: Context): boolean | null {
  let every = false;
  for (const { name, value } of options) {
    const text = value.kind === 'string' ? value.value.toLowerCase() : '';
    if (name.text === 'operator' && (text === 'and' || text === 'or')) every = text === 'and';
    else if (name.text !== 'boost') {
      return report(context, name, {
        code: 'unsupported-option',
        message: `The option [${name.text}] is not supported.`,
        remedy: 'Options are operator, "AND" or "OR", and boost. What is only alike is found by LIKE or RLIKE.',
      });
    }
  }
  return every;
}

interface Test {
  readonly context: Context;
  readonly phrase: boolean;
  readonly every: boolean;
}

function lowerTest(node: Node, field: Node, query: Node, { context, phrase, every }: Test): Lowered {
  const column = context.lower(field, context);
  const value = context.lower(query, context);
  if (!column || !value) return null;
  if (column.kind !== 'column' || !isField(column.name, context)) {
    return report(context, field, {
      code: 'wrong-arguments',
      message: `[${sourceOf(context, field)}] must be a field of the events, as they come, in [${sourceOf(context, node)}]`,
      remedy: 'Move it in front of the commands that change the field, or compare with == or LIKE.',
    });
  }
  const literal = readAs(value, column.type, context);
  if (!literal) return null;
  if (literal.kind !== 'literal' || literal.value === null || !fits(column.type, typeOf(literal))) {
    return report(context, query, {
      code: 'type-mismatch',
      message: `[${sourceOf(context, query)}] must be a constant that [${column.name}] can hold`,
    });
  }
  doubtStar(query, context);
  const text = query.kind === 'string' ? query.value : String(literal.value);
  const words = isAnalysed(column.name, context) && !phrase ? wordsOf(text) : [];
  const wanted = words.length > 0 ? words.map(kqlLiteral).join(every ? ' and ' : ' or ') : kqlLiteral(text);
  const compiled = compileKql(`${kqlFieldName(column.name)}: (${wanted})`, context.catalogue);
  const span = spanOf(node);
  if (compiled.ok) return mapExpression(compiled.value.expression, (part) => ({ ...part, span }));
  for (const { span: _, ...problem } of compiled.error) report(context, query, problem);
  return null;
}

/** A field as it comes, or its sub-field of full text, which stands in a column with the field's own values. */
const isField = (name: string, { provenance, catalogue }: Context): boolean => {
  const field = fieldBehind(provenance, name);
  return field === name || (field !== null && name === `${field}.text` && catalogue.find(field)?.text === true);
};

const isAnalysed = (name: string, { catalogue }: Context): boolean => (catalogue.find(name)?.type ?? 'text') === 'text';

const fits = (field: string, value: string): boolean =>
  field === value || (field === 'double' && value === 'long') || (field === 'long' && value === 'double');
