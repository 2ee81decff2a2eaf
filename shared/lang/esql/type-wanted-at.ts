import type { SyntaxNode } from '@lezer/common';
import type { FieldType } from '#shared/event/field.ts';
import { childrenOf, type Source } from '#shared/lang/esql/syntax/syntax.ts';

/** Functions that take one type only, by their names in lower case. */
const FUNCTIONS: Readonly<Record<string, FieldType>> = {
  cidr_match: 'ip',
  date_trunc: 'date',
  date_diff: 'date',
  date_extract: 'date',
  date_format: 'date',
  sum: 'double',
  avg: 'double',
  median: 'double',
  percentile: 'double',
  std_dev: 'double',
  mv_sum: 'double',
  mv_avg: 'double',
  abs: 'double',
  round: 'double',
  floor: 'double',
  ceil: 'double',
  log: 'double',
  log10: 'double',
  pow: 'double',
  sqrt: 'double',
};

/** The type that the place of a column in a query asks for; null where any type may stand. */
export function typeWantedAt(source: Source, column: SyntaxNode): FieldType | null {
  const { parent } = column;
  if (!parent) return null;
  switch (parent.name) {
    case 'Group':
    case 'Cast':
      return null;
    case 'Compare':
    case 'In':
      return (
        siblings(column)
          .map((other) => typeBeside(source, other))
          .find((type) => type !== null) ?? null
      );
    case 'Sum':
      return siblings(column).some((other) => other.name === 'Timespan') ? 'date' : 'double';
    case 'Product':
    case 'Signed':
      return 'double';
    case 'Call': {
      const called = parent.getChild('FunctionName');
      const name = called ? source.text(called).toLowerCase() : '';
      // The first argument of these names a unit or a span.
      return FUNCTIONS[name] ?? null;
    }
    case 'Where':
    case 'And':
    case 'Or':
    case 'Not':
      return 'boolean';
    default:
      return null;
  }
}

const siblings = (node: SyntaxNode): readonly SyntaxNode[] =>
  node.parent ? childrenOf(node.parent).filter((child) => child.from !== node.from) : [];

function typeBeside(source: Source, node: SyntaxNode): FieldType | null {
  switch (node.name) {
    case 'Number':
      return /[.e]/i.test(source.text(node)) ? 'double' : 'long';
    case 'Signed':
    case 'Product':
      return 'double';
    case 'Boolean':
      return 'boolean';
    case 'Sum':
    case 'Call':
      return /\b(?:now|date_trunc|to_datetime)\s*\(/i.test(source.text(node)) ? 'date' : null;
    default:
      return null;
  }
}
