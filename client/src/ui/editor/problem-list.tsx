import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { placeOf, sentenceOf } from './problem-line.tsx';
import classes from './query-editor.module.css';

/** All that is wrong with a query, each with its place. */
export function ProblemList({
  id,
  text,
  problems,
}: {
  readonly id?: string;
  readonly text: string;
  readonly problems: readonly Diagnostic[];
}) {
  return (
    <div role="alert" id={id}>
      {problems.length === 0 ? null : (
        <ul className={classes['problems']}>
          {problems.map((problem) => (
            <li key={`${problem.code} ${problem.span?.from} ${problem.message}`} data-severity={problem.severity}>
              {placeOf(text, problem)}
              {sentenceOf(problem)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
