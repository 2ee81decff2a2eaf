import type { SyntaxNode } from '@lezer/common';
import type { Span } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Literal } from './ast.ts';
import { decodeQuoted, decodeUnquoted } from './decode.ts';
import { charactersOf, isSpace, isSpecial, quotedLength, unquotedLength } from './lexis.ts';
import { listsTo, objectsOf } from './lower-nested.ts';
import { parser } from './parser.generated.ts';

/** A letter put where the caret is, so that the grammar says what a word there would be. */
const PROBE = 'x';

/** A literal that is being written. */
export interface Place {
  /** The literal in the tree of `parsed`, the text with the probe in it. */
  readonly literal: SyntaxNode;
  readonly parsed: string;
  readonly quoted: boolean;
  /** What of the literal stands before the caret, decoded where it is quoted. */
  readonly typed: string;
  /** What a proposal replaces. */
  readonly from: number;
  readonly to: number;
}

/** The literal at an offset; null where none can stand. */
export function placeAt(text: string, at: number, quote: Quote | null): Place | null {
  if (quote) {
    const parsed = `${text.slice(0, quote.from)}"${PROBE}"${quote.closed ? text.slice(quote.to) : ''}`;
    const literal = parser.parse(parsed).resolveInner(quote.from, 1);
    const typed = textOf(decodeQuoted(`${text.slice(quote.from, at)}"`, { from: quote.from, to: at + 1 }));
    const { from, to } = quote;
    return literal.name === 'Quoted' ? { literal, parsed, quoted: true, typed, from, to } : null;
  }
  const parsed = text.slice(0, at) + PROBE + text.slice(at);
  const literal = parser.parse(parsed).resolveInner(at, 1);
  if (literal.name !== 'Unquoted') return null;
  const isName = literal.parent?.name !== 'Value';
  const to = isName ? wordEnd(text, at) : literal.to - PROBE.length;
  return { literal, parsed, quoted: false, typed: text.slice(literal.from, at), from: literal.from, to };
}

interface Quote extends Span {
  readonly closed: boolean;
}

/** The quoted literal that an offset lies in; of one that is not closed, what stands before the offset. */
export function quoteAround(text: string, at: number): Quote | null {
  const characters = charactersOf(text);
  for (let from = 0; from < at; ) {
    const quoted = quotedLength(characters, from);
    if (quoted === 0 && text.charAt(from) === '"') return { from, to: at, closed: false };
    if (quoted > 0 && at < from + quoted) return { from, to: from + quoted, closed: true };
    from += quoted || unquotedLength(characters, from) || 1;
  }
  return null;
}

function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isSpace(text.charCodeAt(end)) && !isSpecial(text.charCodeAt(end))) end++;
  return end;
}

/** The comparison that a value belongs to. */
export function testAround(literal: SyntaxNode): SyntaxNode | null {
  for (let node = literal.parent; node; node = node.parent) {
    if (node.name === 'Match' || node.name === 'Range') return node;
  }
  return null;
}

/** What may be named at a place: fields of the event, or of the objects of the `name:{ … }` around it. */
export function catalogueAround({ literal, parsed }: Place, catalogue: FieldCatalogue): FieldCatalogue {
  const around: string[] = [];
  for (let node = literal.parent; node; node = node.parent) {
    const field = node.name === 'Nested' ? node.getChild('Field') : null;
    if (field && field.to < literal.from) around.unshift(fieldName(field, parsed));
  }
  return around.reduce((outer, name) => objectsOf(listsTo(name, outer) ?? []), catalogue);
}

/** A field as a query of this text writes it. */
export const fieldName = (field: SyntaxNode, text: string): string => {
  const source = text.slice(field.from, field.to);
  return textOf(field.getChild('Quoted') ? decodeQuoted(source, field) : decodeUnquoted(source, field));
};

const textOf = (literal: Literal): string => (literal.kind === 'text' ? literal.text : '');
