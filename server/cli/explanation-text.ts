import { clauseText } from '#server/rules/explain-words.ts';
import type { Fate, RuleExplanation } from '#shared/api/explain.ts';
import type { ExplainedClause } from '#shared/evaluate/explained-clause.ts';
import { terminalSafe } from './terminal-safe.ts';

const FATES: Readonly<Record<Fate, string>> = {
  alerts: 'ALERTS',
  'no-match': 'DOES NOT MATCH',
  undecided: 'CANNOT BE DECIDED',
  excepted: 'LEFT OUT BY AN EXCEPTION',
  'not-new': 'NOT NEW',
  group: 'ITS GROUP DOES NOT ALERT',
  cut: 'BEYOND THE LIMIT',
  reported: 'COUNTED ALREADY',
  unseen: 'SEEN BY NO RUN',
  'cannot-run': 'THE RULE CANNOT RUN',
};

const SIGNS = { pass: '✓', fail: '✗', null: '?' } as const;
const OPERATORS = { and: 'all of', or: 'any of', not: 'not', leaf: '' } as const;

/** Escape codes by outcome; the text itself holds none. */
const COLOURS = { pass: 32, fail: 31, null: 33 } as const;
const LONGEST = 200;

/** An explanation as lines for a terminal. */
export function explanationLines(explanation: RuleExplanation, colour: boolean): readonly string[] {
  const { rule, name, fate, because, at, clauses, group, exceptions } = explanation;
  const outcome = fate === 'alerts' ? 'pass' : fate === 'undecided' ? 'null' : 'fail';
  return [
    `${painted(FATES[fate], outcome, colour)}  ${terminalSafe(because)}`,
    `rule ${terminalSafe(rule)}: ${terminalSafe(name)}${at === null ? '' : `, run at ${at}`}`,
    ...(clauses ? ['', 'conditions on the event:', ...clauseLines(clauses, 1, colour)] : []),
    ...(group ? ['', ...groupLines(group, colour)] : []),
    ...exceptions.map((exception) => `exception: ${terminalSafe(exception)}`),
  ];
}

function groupLines(group: NonNullable<RuleExplanation['group']>, colour: boolean): readonly string[] {
  const keys = Object.entries(group.keys).map(([key, value]) => `  ${terminalSafe(`${key}: ${value}`)}`);
  return [
    group.events > 0 ? `its group, of ${group.events} ${group.events === 1 ? 'event' : 'events'}:` : 'its terms:',
    ...keys,
    ...group.conditions.flatMap((condition) => clauseLines(condition, 1, colour)),
  ];
}

/** Alternatives that do not hold are counted where another does: a rule has hundreds. */
function clauseLines(clause: ExplainedClause, depth: number, colour: boolean): readonly string[] {
  const indent = '  '.repeat(depth);
  const sign = painted(SIGNS[clause.outcome], clause.outcome, colour);
  if (clause.operator === 'leaf') return [`${indent}${sign} ${oneLine(clauseText(clause))}  ${sawText(clause)}`];
  const telling =
    clause.operator === 'or' && clause.outcome === 'pass'
      ? clause.children.filter(({ outcome }) => outcome === 'pass')
      : clause.children;
  const idle = clause.children.length - telling.length;
  return [
    `${indent}${sign} ${OPERATORS[clause.operator]}`,
    ...telling.flatMap((child) => clauseLines(child, depth + 1, colour)),
    ...(idle > 0 ? [`${indent}    … ${idle} more that do not hold`] : []),
  ];
}

const sawText = ({ saw, field }: ExplainedClause): string =>
  saw.length > 0 ? `saw ${oneLine(saw.join(', '))}` : field === null ? '' : 'absent';

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return terminalSafe(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line);
}

const painted = (text: string, outcome: keyof typeof COLOURS, colour: boolean): string =>
  colour ? `\u001b[${COLOURS[outcome]}m${text}\u001b[0m` : text;
