import type { Span } from '#shared/base/diagnostic.ts';
import { MANY, type Pattern } from '#shared/plan/pattern.ts';
import type { Literal } from './ast.ts';
import { charactersOf, escapeLength, unicodeEscapeLength } from './lexis.ts';

const CONTROLS: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };

const unicode = (source: string): string => String.fromCharCode(Number.parseInt(source.slice(2), 16));

/** What a quoted literal's source means. Backslashes that begin no escape stay. */
export function decodeQuoted(source: string, span: Span): Literal {
  const characters = charactersOf(source);
  const end = source.length - 1;
  let text = '';
  for (let at = 1; at < end; ) {
    const next = source.charAt(at + 1);
    const control = CONTROLS[next];
    const escaped = source.charAt(at) === '\\' && at + 1 < end;
    if (escaped && (control !== undefined || next === '\\' || next === '"')) {
      text += control ?? next;
      at += 2;
    } else if (escaped && unicodeEscapeLength(characters, at) > 0) {
      text += unicode(source.slice(at, at + 6));
      at += 6;
    } else {
      text += source.charAt(at);
      at += 1;
    }
  }
  return { kind: 'text', text, quoted: true, span };
}

/** What an unquoted literal's source means: escapes resolved, then blanks at both ends cut, escaped ones too. */
export function decodeUnquoted(source: string, span: Span): Literal {
  const characters = charactersOf(source);
  const stretches: string[] = [''];
  const append = (text: string) => {
    stretches.push((stretches.pop() ?? '') + text);
  };
  for (let at = 0; at < source.length; ) {
    const character = source.charAt(at);
    if (character === '*') stretches.push('');
    if (character === '\\') {
      const length = escapeLength(characters, at);
      append(decodeEscape(source.slice(at, at + length)));
      at += Math.max(length, 1);
    } else {
      if (character !== '*') append(character);
      at += 1;
    }
  }
  if (stretches.length === 1) return { kind: 'text', text: stretches.join('').trim(), quoted: false, span };
  return { kind: 'wildcard', pattern: patternOf(stretches), span };
}

function decodeEscape(source: string): string {
  if (source.length === 6) return unicode(source);
  const character = source.charAt(1);
  return source.length === 2 ? (CONTROLS[character] ?? character) : source.slice(1);
}

/** Wildcards in a row are one. */
function patternOf(stretches: readonly string[]): Pattern {
  const last = stretches.length - 1;
  return stretches
    .filter((stretch, index) => stretch !== '' || index === 0 || index === last)
    .flatMap((stretch, index, all) => {
      const text = index === 0 ? stretch.trimStart() : index === all.length - 1 ? stretch.trimEnd() : stretch;
      return [...(index === 0 ? [] : [MANY]), ...(text === '' ? [] : [text])];
    });
}
