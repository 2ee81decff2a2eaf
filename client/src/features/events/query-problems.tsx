import { visibleText } from '#client/format/hostile.ts';
import { type Diagnostic, positionAt } from '#shared/base/diagnostic.ts';
import classes from './events.module.css';

const AROUND = 24;

/** What is wrong with a query, each at its place. */
export function QueryProblems({ text, problems }: { readonly text: string; readonly problems: readonly Diagnostic[] }) {
  if (problems.length === 0) return null;
  return (
    <div role="alert">
      <ul className={classes['problems']}>
        {problems.map((problem) => (
          <li key={`${problem.code} ${problem.span?.from}`} data-severity={problem.severity}>
            {problem.span ? <Place text={text} from={problem.span.from} to={problem.span.to} /> : null}
            <span>
              {visibleText(problem.message)} {problem.remedy ? visibleText(problem.remedy) : ''}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Place({ text, from, to }: { readonly text: string; readonly from: number; readonly to: number }) {
  const end = Math.max(to, from + 1);
  const { column } = positionAt(text, from);
  return (
    <code title={`column ${column}`}>
      {from > AROUND ? '…' : ''}
      {visibleText(text.slice(Math.max(0, from - AROUND), from))}
      <mark>{from >= text.length ? '␣' : visibleText(text.slice(from, end))}</mark>
      {visibleText(text.slice(end, end + AROUND))}
      {end + AROUND < text.length ? '…' : ''}
    </code>
  );
}
