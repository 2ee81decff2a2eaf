import type { SyntaxNode } from '@lezer/common';
import { must } from '#shared/base/assert.ts';
import type {
  AggregateNode,
  Command,
  FieldNode,
  NamePattern,
  Node,
  Option,
  Query,
  SortNode,
  StringLiteral,
  Word,
} from './ast.ts';
import { buildExpression, isExpression } from './build-expression.ts';
import { childrenOf, nameOf, type Source, spanOf, wordOf } from './syntax.ts';

/** The query of a tree without errors. */
export function buildQuery(source: Source, root: SyntaxNode): Query {
  const children = childrenOf(root);
  const from = children.find((child) => child.name === 'From');
  return {
    indices: from ? childrenOf(from).flatMap((child) => indexOf(source, child)) : [],
    metadata: from ? metadataOf(source, from) : [],
    settings: children.filter((child) => child.name === 'Set').map((child) => buildOption(source, child)),
    commands: children.flatMap((child) => buildCommand(source, child)),
  };
}

function indexOf(source: Source, node: SyntaxNode): readonly string[] {
  if (node.name === 'IndexPattern') return [source.text(node)];
  return node.name === 'String' ? [source.string(node)] : [];
}

function metadataOf(source: Source, from: SyntaxNode): readonly Word[] {
  const metadata = from.getChild('Metadata');
  return metadata ? metadata.getChildren('Column').map((column) => columnWord(source, column)) : [];
}

const columnWord = (source: Source, column: SyntaxNode): Word => ({ text: nameOf(source, column), ...spanOf(column) });

function buildCommand(source: Source, node: SyntaxNode): readonly Command[] {
  const span = spanOf(node);
  const children = childrenOf(node);
  const expression = () => buildExpression(source, must(children.find(isExpression), 'expression'));
  switch (node.name) {
    case 'Where':
      return [{ kind: 'where', condition: expression(), ...span }];
    case 'Eval':
      return [{ kind: 'eval', fields: node.getChildren('Field').map((field) => buildField(source, field)), ...span }];
    case 'Keep':
    case 'Drop': {
      const patterns = node.getChildren('NamePattern').map((pattern) => buildPattern(source, pattern));
      return [{ kind: node.name === 'Keep' ? 'keep' : 'drop', patterns, ...span }];
    }
    case 'Rename':
      return [{ kind: 'rename', renamings: children.flatMap((child) => buildRenaming(source, child)), ...span }];
    case 'Stats':
    case 'InlineStats':
      return [{ kind: 'stats', inline: node.name === 'InlineStats', ...buildStats(source, node), ...span }];
    case 'Row':
      return [{ kind: 'row', fields: node.getChildren('Field').map((field) => buildField(source, field)), ...span }];
    case 'Grok': {
      const [value, ...patterns] = children.filter(isExpression);
      return [{ kind: 'grok', value: built(source, value), patterns: patterns.map(textOf(source)), ...span }];
    }
    case 'Dissect':
      return [buildDissect(source, node)];
    case 'Sort':
      return [{ kind: 'sort', keys: node.getChildren('SortKey').map((key) => buildSortKey(source, key)), ...span }];
    case 'Limit':
      return [{ kind: 'limit', count: expression(), by: limitKeys(source, node), ...span }];
    case 'MvExpand':
      return [{ kind: 'mv-expand', column: columnWord(source, must(node.getChild('Column'), 'column')), ...span }];
    case 'UnknownCommand':
      return [{ kind: 'unknown', name: wordOf(source, must(node.getChild('CommandName'), 'name')), ...span }];
    default:
      return [];
  }
}

const limitKeys = (source: Source, node: SyntaxNode): readonly Node[] => {
  const keys = node.getChild('LimitKeys');
  return keys
    ? childrenOf(keys)
        .filter(isExpression)
        .map((key) => buildExpression(source, key))
    : [];
};

const built = (source: Source, node: SyntaxNode | undefined) => buildExpression(source, must(node, 'value'));

const textOf =
  (source: Source) =>
  (node: SyntaxNode): StringLiteral => ({ kind: 'string', value: source.string(node), ...spanOf(node) });

function buildDissect(source: Source, node: SyntaxNode): Command {
  const [value, pattern] = childrenOf(node).filter(isExpression);
  return {
    kind: 'dissect',
    value: built(source, value),
    pattern: textOf(source)(must(pattern, 'pattern')),
    options: node.getChildren('Option').map((option) => buildOption(source, option)),
    ...spanOf(node),
  };
}

/** The name and the constant of an `Option` or a `Set`. */
function buildOption(source: Source, node: SyntaxNode): Option {
  const [name, ...rest] = childrenOf(node).filter(({ name: kind }) => !kind.endsWith('Keyword'));
  return { name: wordOf(source, must(name, 'name')), value: built(source, rest.find(isExpression)) };
}

function buildStats(source: Source, node: SyntaxNode) {
  const grouping = node.getChild('Grouping');
  return {
    aggregates: node.getChildren('Aggregate').map((aggregate) => buildAggregate(source, aggregate)),
    by: grouping ? grouping.getChildren('Field').map((field) => buildField(source, field)) : [],
  };
}

function buildAggregate(source: Source, node: SyntaxNode): AggregateNode {
  const field = buildField(source, must(node.getChild('Field'), 'field'));
  const where = childrenOf(node).find(isExpression);
  return { ...field, where: where ? buildExpression(source, where) : null };
}

function buildField(source: Source, node: SyntaxNode): FieldNode {
  const assigned = node.getChild('Assignment')?.getChild('Column');
  const value = must(childrenOf(node).find(isExpression), 'value');
  return {
    name: assigned ? columnWord(source, assigned) : null,
    value: buildExpression(source, value),
    ...spanOf(node),
  };
}

function buildRenaming(source: Source, node: SyntaxNode): readonly { readonly from: Word; readonly to: Word }[] {
  const [first, second] = node.getChildren('Column').map((column) => columnWord(source, column));
  if (!first || !second) return [];
  return [node.name === 'RenameAs' ? { from: first, to: second } : { from: second, to: first }];
}

function buildSortKey(source: Source, node: SyntaxNode): SortNode {
  return {
    value: buildExpression(source, must(childrenOf(node).find(isExpression), 'sort key')),
    direction: node.getChild('DescKeyword') ? 'descending' : 'ascending',
    nulls: node.getChild('FirstKeyword') ? 'first' : node.getChild('LastKeyword') ? 'last' : null,
    ...spanOf(node),
  };
}

/** Parts are joined by dots; only a bare part has wildcards. */
function buildPattern(source: Source, node: SyntaxNode): NamePattern {
  const parts = childrenOf(node).filter((part) => part.name === 'PatternText' || part.name === 'QuotedName');
  const stretches = [''];
  parts.forEach((part, index) => {
    const pieces = part.name === 'QuotedName' ? [source.quotedName(part)] : source.text(part).split(/\*+/);
    if (index > 0) append(stretches, '.');
    append(stretches, pieces[0] ?? '');
    stretches.push(...pieces.slice(1));
  });
  return { text: stretches.length === 1 ? (stretches[0] ?? '') : source.text(node), stretches, ...spanOf(node) };
}

function append(stretches: string[], text: string): void {
  stretches[stretches.length - 1] += text;
}
