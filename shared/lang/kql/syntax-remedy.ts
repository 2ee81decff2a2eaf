import type { Expectation } from './expectation.ts';

/** What to do about a syntax error at an offset, where the mistake is one that we know; null where it is not. */
export function syntaxRemedy(text: string, at: number, expectation: Expectation): string | null {
  const { phase, context, open } = expectation;
  const rest = text.slice(at);
  const before = text.slice(0, at);
  const ready = phase === 'complete' || phase === 'after-name';
  if (rest.startsWith('"') && phase !== 'complete' && phase !== 'after-name') {
    return 'The quotation mark is never closed: add one at the end of the value, and write a mark inside as \\".';
  }
  if (rest.startsWith('\\')) {
    return 'A backslash needs one of \\ ( ) : < > " * { } t r n uXXXX behind it: write \\\\ for a backslash, or quote the value.';
  }
  if (phase === 'after-colon' && /^[<>]/.test(rest)) {
    return `Leave the colon out: ${before.trimEnd().replace(/:$/, '').trimEnd().split(/[\s(]/).at(-1)} ${/^[<>]=?/.exec(rest)?.[0]} value.`;
  }
  if (phase === 'after-colon' && /^not\s/i.test(rest)) return 'Put NOT before the field: not field:value.';
  if (phase === 'after-not' && /^not\s/i.test(rest)) return 'Use parentheses for a double negation: not (not …).';
  if (rest.startsWith('(') && /(?:^|[\s(])not$/i.test(before)) return 'Put a blank between NOT and the parenthesis.';
  if (rest.startsWith('(') && /\s(?:or|and)$/i.test(before)) return 'Put a blank before the parenthesis.';
  if (ready && /^not\s/i.test(rest)) {
    return /\S$/.test(before)
      ? 'The letters "not" before a blank are an operator even inside a word: quote the value.'
      : 'Join conditions with AND or OR.';
  }
  if (ready && /^(?:or|and)\b/i.test(rest)) return 'AND and OR need a blank on both sides and a condition behind them.';
  if (phase === 'complete' && rest.startsWith(':')) {
    return 'Join conditions with AND or OR; quote a value that has a colon in it.';
  }
  if (rest === '' && open !== undefined && ready) return `Close the ${text.charAt(open)} that is open.`;
  if (context === 'values' && rest.startsWith(':')) return 'A list behind a field holds values only: field:(a or b).';
  if (context === 'query' && /^[)}]/.test(rest)) return 'Nothing is open that this could close: take it out.';
  if (/^[{}<>()"]/.test(rest) && ready) return 'Quote a value that has such a character in it.';
  return null;
}
