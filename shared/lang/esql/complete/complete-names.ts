import type { Proposal } from '#shared/lang/completion.ts';
import { AGGREGATES } from '#shared/lang/esql/aggregate-functions.ts';
import { planFunctionName } from '#shared/lang/esql/language-functions.ts';
import { FUNCTION_NAMES } from '#shared/lang/esql/lower/call.ts';
import { typeLabel } from '#shared/lang/esql/lower/type-label.ts';
import { SPECIAL } from '#shared/lang/esql/support-table.ts';
import { isHardKeyword } from '#shared/lang/esql/syntax/keywords.ts';
import { esqlName } from '#shared/lang/esql/syntax/literal.ts';
import { FUNCTIONS, type FunctionSignature, type Parameter } from '#shared/plan/functions.ts';
import type { ResultColumn } from '#shared/plan/result.ts';

const PLAIN = /^(?:[a-zA-Z]\w*|[_@]\w+)(?:\.(?:[a-zA-Z]\w*|[_@]\w+))*$/;

/** A column's name, in backticks only where it needs them. */
export const bareName = (name: string): string =>
  PLAIN.test(name) && !name.split('.').some(isHardKeyword) ? name : esqlName(name);

export const columnProposals = (columns: readonly ResultColumn[]): readonly Proposal[] =>
  columns.map(({ name, type }) => ({
    kind: 'field',
    label: name,
    insert: bareName(name),
    detail: typeLabel(type),
  }));

const SIGNATURES = new Map(FUNCTIONS.map((signature) => [signature.name, signature]));

const call = (name: string, detail: string, info: string, takesNothing: boolean): Proposal => ({
  kind: 'function',
  label: name.toUpperCase(),
  insert: `${name.toUpperCase()}()`,
  caret: name.length + (takesNothing ? 2 : 1),
  detail,
  info,
});

/** `(text: keyword, start: long, length?: long)`. */
function signatureLabel({ parameters, required, rest }: FunctionSignature): string {
  const shown = parameters.map((parameter, index) => parameterLabel(parameter, index >= required));
  return `(${[...shown, ...(rest ? ['…'] : [])].join(', ')})`;
}

const parameterLabel = ({ name, types }: Parameter, optional: boolean): string =>
  `${name}${optional ? '?' : ''}${types ? `: ${wanted(types)}` : ''}`;

const wanted = (types: Parameter['types']): string => {
  const labels = (types ?? []).map(typeLabel);
  return labels.length > 2 ? `${labels.slice(0, 2).join('|')}|…` : labels.join('|');
};

/** Scalar functions under their own names, not their aliases. */
export const SCALAR_PROPOSALS: readonly Proposal[] = FUNCTION_NAMES.filter(
  (name) => !AGGREGATES.has(name) && planFunctionName(name) === name,
).map((name) => {
  const signature = SIGNATURES.get(name);
  const takesNothing = name === 'now' || signature?.parameters.length === 0;
  return call(
    name,
    signature ? signatureLabel(signature) : '',
    SPECIAL[name] ?? signature?.summary ?? '',
    takesNothing,
  );
});

export const AGGREGATE_PROPOSALS: readonly Proposal[] = [...AGGREGATES].map(([name, { types, summary }]) =>
  call(name, `(${types ? wanted(types) : 'any'})`, summary, false),
);
