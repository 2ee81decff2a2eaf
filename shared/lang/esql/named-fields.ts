import type { SyntaxNode } from '@lezer/common';
import { memberName } from '#shared/lang/esql/lower/field-extract.ts';
import { DOCUMENT } from '#shared/lang/esql/lower/json-extract.ts';
import { fieldAtPath } from '#shared/lang/esql/patterns/json-path.ts';
import { deepestOpening } from '#shared/lang/esql/syntax/nesting.ts';
import { MAX_LENGTH, MAX_NESTING } from '#shared/lang/esql/syntax/parse.ts';
import { childrenOf, nameOf, type Source, sourceOf, spanOf } from '#shared/lang/esql/syntax/syntax.ts';
import { treeOf } from '#shared/lang/esql/syntax/tree.ts';
import { namedInKql } from '../kql/named-fields.ts';
import type { NamedField } from '../named-field.ts';
import { typeWantedAt } from './type-wanted-at.ts';

/**
 * The source fields that a query names: columns that no earlier command made, up to the command that groups. Names with
 * wildcards are none. A query with mistakes gives what can be read of it, one that is too long or too deep nothing.
 */
export function namedInEsql(text: string): readonly NamedField[] {
  if (text.length > MAX_LENGTH || deepestOpening(text, MAX_NESTING) !== null) return [];
  const source = sourceOf(text);
  const made = new Set<string>();
  const found: NamedField[] = [];
  for (const command of childrenOf(treeOf(text).topNode)) {
    if (command.name === 'From') noteMetadata(source, command, made);
    else walk(source, command, made, found);
    for (const name of namesMadeBy(source, command)) made.add(name);
    if (command.name === 'Stats' && !/^inline/i.test(source.text(command))) break;
  }
  return found;
}

function noteMetadata(source: Source, from: SyntaxNode, made: Set<string>): void {
  for (const column of from.getChild('Metadata')?.getChildren('Column') ?? []) made.add(nameOf(source, column));
}

function walk(source: Source, node: SyntaxNode, made: Set<string>, found: NamedField[]): void {
  if (node.name === 'Column' || node.name === 'NamePattern') {
    const name = node.name === 'Column' ? nameOf(source, node) : plainName(source, node);
    if (name !== null && !made.has(name)) found.push({ name, span: spanOf(node), use: typeWantedAt(source, node) });
    return;
  }
  if (node.name === 'RenameAs' || node.name === 'RenameTo') {
    const old = oldName(node);
    if (old) walk(source, old, made, found);
    return;
  }
  const member = node.name === 'Call' ? extractedBy(source, node) : null;
  if (member) {
    found.push(member);
    return;
  }
  if (node.name === 'Call') found.push(...namedInCall(source, node));
  for (const child of childrenOf(node)) if (child.name !== 'Assignment') walk(source, child, made, found);
  // Later fields of one command see the earlier ones.
  if (node.name === 'Field') for (const name of assignedBy(source, node)) made.add(name);
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
