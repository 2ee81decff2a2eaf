import { bareName } from '#shared/lang/esql/complete/complete-names.ts';
import { esqlLiteral } from '#shared/lang/esql/syntax/literal.ts';
import { parser } from '#shared/lang/esql/syntax/parser.generated.ts';
import { childrenOf } from '#shared/lang/esql/syntax/syntax.ts';
import { type FieldValue, kqlClause } from '../kql/add-filter.ts';

export interface EsqlFilter extends FieldValue {
  /** Its type by name; only that of times matters. */
  readonly type: string;
  /** One of several values: only KQL asks whether one of them is this. */
  readonly several: boolean;
  /** Whether it is a field of the events, or a column of the result. */
  readonly of: 'event' | 'result';
}

const SOURCE = 'FROM logs-*';

/** The query narrowed to rows with this value, or without it; rows without any value are not taken for equal. */
export function addEsqlFilter(text: string, filter: EsqlFilter, include: boolean): string {
  const query = text.trim() === '' ? SOURCE : text.trimEnd();
  const command = `WHERE ${conditionOf(filter, include)}`;
  const at = filter.of === 'event' ? behindSource(query) : beforeOrder(query);
  if ([`| ${command} |`, `| ${command}\n`].some((there) => `${query}\n`.includes(there))) return query;
  const behind = query.slice(at).trimStart();
  const line = query.includes('\n') ? '\n' : ' ';
  return `${query.slice(0, at).trimEnd()}${line}| ${command}${behind === '' ? '' : `${line}${behind}`}`;
}

function conditionOf(filter: EsqlFilter, include: boolean): string {
  const { field, value, several } = filter;
  const name = bareName(field);
  if (value === null) return `${name} IS ${include ? '' : 'NOT '}NULL`;
  if (several) return `${include ? '' : 'NOT '}KQL(${esqlLiteral(kqlClause(filter))})`;
  const literal = esqlValue(value, filter.type);
  return include ? `${name} == ${literal}` : `${name} != ${literal} OR ${name} IS NULL`;
}

/** A value as a constant of the language. */
export function esqlValue(value: string | number | boolean, type: string): string {
  if (typeof value !== 'string') return String(value);
  return type === 'datetime' ? `TO_DATETIME(${esqlLiteral(value)})` : esqlLiteral(value);
}

/** `name == value`, as text to paste. */
export const esqlClause = (filter: EsqlFilter): string => conditionOf(filter, true);

const commandsOf = (query: string) => childrenOf(parser.parse(query).topNode);

/** Behind the first command. */
const behindSource = (query: string): number =>
  commandsOf(query).find(({ name }) => name === 'Pipe')?.from ?? query.length;

/** Before the SORT and LIMIT that a query ends with: behind a limit, a condition would only thin out its rows. */
function beforeOrder(query: string): number {
  const nodes = commandsOf(query);
  let at = query.length;
  for (const [index, node] of [...nodes.entries()].reverse()) {
    if (node.name === 'Sort' || node.name === 'Limit') at = nodes[index - 1]?.from ?? at;
    else if (node.name !== 'Pipe') break;
  }
  return at;
}
