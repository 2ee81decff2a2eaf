import { openParenthesis } from './open-parenthesis.ts';
import {
  bracketFinding,
  comparisonFinding,
  endFinding,
  type Finding,
  foreign,
  keywordAsName,
  minusFinding,
  missingFinding,
  parenthesisFinding,
  pipeFinding,
  textFinding,
  unexpected,
  wordFinding,
} from './syntax-findings.ts';

interface Symptom {
  /** Of the text from the error on. */
  readonly at: RegExp;
  readonly finding: (match: string, before: string) => Finding;
}

const TEXT = String.raw`"(?:[^"\\\r\n]|\\[tnr"\\])*`;

/** What stands at an error, most telling first, and what to say of it. */
export const SYMPTOMS: readonly Symptom[] = [
  { at: /^$/, finding: (_, before) => endFinding(before) },
  {
    at: /^\/\*/,
    finding: (match) => ({ message: 'This comment does not end.', remedy: 'Close it with */.', length: match.length }),
  },
  { at: new RegExp(`^${TEXT}"`), finding: textFinding },
  {
    at: new RegExp(String.raw`^${TEXT}\\[^tnr"\\]`),
    finding: (match) => ({
      message: `\`${match.slice(-2)}\` is no escape in a text.`,
      remedy: 'Double the backslash, or use """…""", where none is needed.',
      length: match.length,
    }),
  },
  {
    at: /^"/,
    finding: () => ({ message: 'This text does not end on its line.', remedy: 'Close it with ".', length: 1 }),
  },
  { at: /^`[^`]+`/, finding: unexpected },
  { at: /^`/, finding: () => ({ message: 'This name does not end.', remedy: 'Close it with `.', length: 1 }) },
  {
    at: /^['‘’“”„«]/,
    finding: (match) => ({ message: `Texts do not stand in ${match} quotes.`, remedy: 'Use ".', length: 1 }),
  },
  { at: /^(?:==|!=|<=|>=|<(?!>))/, finding: comparisonFinding },
  {
    at: /^=~?/,
    finding: (match, before) => keywordAsName(match, before) ?? foreign(match, 'Equality is ==.'),
  },
  { at: /^<>/, finding: (match) => foreign(match, 'Inequality is !=.') },
  {
    at: /^>/,
    finding: (match, before) =>
      before.endsWith('<') ? foreign('<>', 'Inequality is !=.') : comparisonFinding(match, before),
  },
  { at: /^&&?/, finding: (match) => foreign(match, 'Use AND.') },
  { at: /^!/, finding: (match) => foreign(match, 'Use NOT, or != to compare.') },
  {
    at: /^\?\w*/,
    finding: (match) => ({ message: `Parameters such as \`${match}\` are not supported.`, length: match.length }),
  },
  { at: /^\w+/, finding: wordFinding },
  { at: /^\|\s*\w*/, finding: pipeFinding },
  {
    at: /^(?:#|--)/,
    finding: (match) => ({ message: `\`${match}\` begins no comment here.`, remedy: 'Use //.', length: match.length }),
  },
  {
    at: /^;/,
    finding: () => ({
      message: 'Did not expect `;` here.',
      remedy: 'Commands are separated by |; nothing ends them.',
      length: 1,
    }),
  },
  { at: /^\[/, finding: bracketFinding },
  { at: /^\(/, finding: parenthesisFinding },
  { at: /^-/, finding: minusFinding },
  {
    at: /^\p{L}+/u,
    finding: (match) => ({
      message: `\`${match}\` is no part of a bare name.`,
      remedy: 'Put the name in backticks.',
      length: match.length,
    }),
  },
  {
    at: /^\)/,
    finding: (match, before) =>
      openParenthesis(before) === null
        ? { message: 'This `)` closes nothing: no `(` is open before it.', remedy: 'Take it out.', length: 1 }
        : missingFinding(match, before),
  },
  { at: /^[\s\S]/u, finding: unexpected },
];
