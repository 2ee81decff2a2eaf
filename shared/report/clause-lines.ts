import type { ExplainedClause } from '../evaluate/explained-clause.ts';

const MARKS: Readonly<Record<ExplainedClause['outcome'], string>> = { pass: '✓', fail: '✗', null: '?' };

/** A clause and those below it, a line each: whether it holds, what it says, what it saw. */
export function clauseLines(clause: ExplainedClause, depth = 0): readonly string[] {
  const own =
    clause.operator === 'leaf' ? clause.text.replaceAll(/\s*[\r\n]+\s*/g, ' ') : clause.operator.toUpperCase();
  const saw = clause.operator === 'leaf' ? `   saw ${clause.saw.map(oneLine).join(', ') || 'nothing'}` : '';
  return [
    `${'  '.repeat(depth)}${MARKS[clause.outcome]} ${own}${saw}`,
    ...clause.children.flatMap((child) => clauseLines(child, depth + 1)),
  ];
}

/** A value's own line breaks must not look like another clause. */
const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n]+\s*/g, '⏎');
