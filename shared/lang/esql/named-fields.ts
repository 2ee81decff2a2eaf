import type { SyntaxNode } from '@lezer/common';
import { memberName } from '#shared/lang/esql/lower/field-extract.ts';
import { pointMembers } from '#shared/lang/esql/lower/geo-points.ts';
import { DOCUMENT } from '#shared/lang/esql/lower/json-extract.ts';
import { fieldAtPath } from '#shared/lang/esql/patterns/json-path.ts';
import { deepestOpening } from '#shared/lang/esql/syntax/nesting.ts';
import { MAX_LENGTH, MAX_NESTING } from '#shared/lang/esql/syntax/parse.ts';
import { childrenOf, nameOf, type Source, sourceOf, spanOf } from '#shared/lang/esql/syntax/syntax.ts';
import { treeOf } from '#shared/lang/esql/syntax/tree.ts';
import { namedInKql } from '../kql/named-fields.ts';
import type { NamedField } from '../named-field.ts';
import { columnBehind } from './stands-for.ts';
import { typeWantedAt } from './type-wanted-at.ts';

/**
 * The source fields that a query names: columns that no earlier command made, up to the command that groups; and again where a
 * column is used that has their values. Names with wildcards are none. A query with mistakes gives what can be read of it, one
 * that is too long or too deep nothing.
 */
export function namedInEsql(text: string): readonly NamedField[] {
  if (text.length > MAX_LENGTH || deepestOpening(text, MAX_NESTING) !== null) return [];
  const reading: Reading = { source: sourceOf(text), made: new Map(), found: [], isGrouped: false };
  for (const command of childrenOf(treeOf(text).topNode)) {
    if (command.name === 'From') noteMetadata(command, reading);
    else walk(command, reading);
    for (const name of namesMadeBy(reading.source, command)) reading.made.set(name, null);
    if (command.name === 'Stats' && !/^inline/i.test(reading.source.text(command))) reading.isGrouped = true;
  }
  return reading.found;
}

interface Reading {
  readonly source: Source;
  /** Columns that the query has made so far, with the source field whose values they have, if there is one. */
  readonly made: Map<string, string | null>;
  readonly found: NamedField[];
  /** Whether source fields are gone that no column has the values of. */
  isGrouped: boolean;
}

function noteMetadata(from: SyntaxNode, { source, made }: Reading): void {
  for (const column of from.getChild('Metadata')?.getChildren('Column') ?? []) made.set(nameOf(source, column), null);
}

/** The source field whose values a column has; null where there is none. */
const originOf = (name: string, { made, isGrouped }: Reading): string | null =>
  made.has(name) ? (made.get(name) ?? null) : isGrouped ? null : name;

function walk(node: SyntaxNode, reading: Reading): void {
  const { source, made, found } = reading;
  if (node.name === 'Column' || node.name === 'NamePattern') {
    const name = node.name === 'Column' ? nameOf(source, node) : plainName(source, node);
    const origin = name === null ? null : originOf(name, reading);
    if (name !== null && origin !== null) found.push(...namedAt(source, node, origin).filter(says(made.has(name))));
    return;
  }
  if (node.name === 'RenameAs' || node.name === 'RenameTo') {
    const old = oldName(node);
    if (old) walk(old, reading);
    return;
  }
  const member = node.name === 'Call' ? extractedBy(source, node) : null;
  if (member) {
    found.push(member);
    return;
  }
  if (node.name === 'Call') found.push(...namedInCall(source, node));
  for (const child of childrenOf(node)) if (child.name !== 'Assignment') walk(child, reading);
  // Later fields of one command see the earlier ones.
  if (node.name !== 'Field') return;
  const behind = columnBehind(source, node);
  const origin = behind === null ? null : originOf(behind, reading);
  const assigned = assignedBy(source, node);
  const isKey = assigned.length === 0 && node.parent?.name === 'Grouping';
  for (const name of isKey && behind !== null ? [behind] : assigned) made.set(name, origin);
}

/** A column that the query made tells of its source field but what type it asks for. */
const says =
  (isMade: boolean) =>
  ({ use }: NamedField): boolean =>
    !isMade || use !== null;

/** The field of a column; where that is a point, those of its coordinates. */
function namedAt(source: Source, node: SyntaxNode, name: string): readonly NamedField[] {
  const called = node.parent?.name === 'Call' ? node.parent.getChild('FunctionName') : null;
  const members = pointMembers(name, called && source.text(called).toLowerCase());
  if (members) return members.map((member) => ({ name: member, span: spanOf(node), use: 'double' }));
  return [{ name, span: spanOf(node), use: typeWantedAt(source, node) }];
}

/** Names inside of `kql("…")`, all placed at the text. */
function namedInCall(source: Source, call: SyntaxNode): readonly NamedField[] {
  const called = call.getChild('FunctionName');
  const literal = call.getChild('String');
  if (!called || !literal || source.text(called).toLowerCase() !== 'kql') return [];
  return namedInKql(source.string(literal)).map((field) => ({ ...field, span: spanOf(literal) }));
}

/** What `field_extract(field, "member")` and `json_extract(_source, "path")` name; null for another call. */
function extractedBy(source: Source, call: SyntaxNode): NamedField | null {
  const called = call.getChild('FunctionName');
  const [field, constant] = [call.getChild('Column'), call.getChild('String')];
  if (!called || !field || !constant) return null;
  const name = extractedName(source.text(called).toLowerCase(), nameOf(source, field), source.string(constant));
  return name === null ? null : { name, span: spanOf(call), use: 'keyword' };
}

function extractedName(called: string, field: string, constant: string): string | null {
  if (called === 'field_extract') return memberName(field, constant);
  return called === 'json_extract' && field === DOCUMENT ? fieldAtPath(constant) : null;
}

/** `old AS new`, or `new = old`. */
function oldName(renaming: SyntaxNode): SyntaxNode | undefined {
  const [first, second] = renaming.getChildren('Column');
  return renaming.name === 'RenameAs' ? first : second;
}

function plainName(source: Source, pattern: SyntaxNode): string | null {
  const text = source.text(pattern);
  return text.includes('*') ? null : text.replaceAll('`', '');
}

const assignedBy = (source: Source, field: SyntaxNode): readonly string[] => {
  const column = field.getChild('Assignment')?.getChild('Column');
  return column ? [nameOf(source, column)] : [];
};

/** Columns that a command adds: new names of RENAME, and what DISSECT and GROK take out of a text. */
function namesMadeBy(source: Source, command: SyntaxNode): readonly string[] {
  switch (command.name) {
    case 'Rename':
      return childrenOf(command).flatMap((renaming) => {
        const to = renaming.getChildren('Column').find((column) => column.from !== oldName(renaming)?.from);
        return to ? [nameOf(source, to)] : [];
      });
    case 'Dissect':
    case 'Grok':
      return namesInPattern(source.text(command));
    default:
      return [];
  }
}

/** Names that a pattern of either command gives, as `%{name}`, `%{WORD:name}`, `%{NUMBER:name:int}` or `(?<name>…)`. */
const namesInPattern = (text: string): readonly string[] => [
  ...[...text.matchAll(/%\{([^}]*)\}/g)].map(([, inside = '']) => {
    const [first = '', second] = inside.split(':');
    return (second ?? first).replace(/^[+?&*]+|(?:\/\d+)?(?:->)?$/g, '');
  }),
  ...[...text.matchAll(/\(\?<([^>]+)>/g)].map(([, name = '']) => name),
];
