import type { SyntaxNode } from '@lezer/common';
import type { Span } from '#shared/base/diagnostic.ts';
import type { Word } from './ast.ts';
import { unquoteName, unquoteString } from './literal.ts';

/** Reads the text behind nodes of a tree. */
export interface Source {
  text(node: Span): string;
  /** The meaning of a `String` node. */
  string(node: Span): string;
  /** The meaning of a `QuotedName` node. */
  quotedName(node: Span): string;
}

export function sourceOf(query: string): Source {
  const text = (node: Span): string => query.slice(node.from, node.to);
  return {
    text,
    string: (node) => unquoteString(text(node)),
    quotedName: (node) => unquoteName(text(node)),
  };
}

export const spanOf = (node: Span): Span => ({ from: node.from, to: node.to });

export const wordOf = (source: Source, node: SyntaxNode): Word => ({ text: source.text(node), ...spanOf(node) });

/** The named children in order, comments left out. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.type.isSkipped) children.push(child);
  }
  return children;
}

/** The dotted name that a `Column` node writes, without its backticks. */
export const nameOf = (source: Source, column: SyntaxNode): string =>
  childrenOf(column)
    .filter((part) => part.name === 'Identifier' || part.name === 'QuotedName')
    .map((part) => (part.name === 'QuotedName' ? source.quotedName(part) : source.text(part)))
    .join('.');
