import type { AnswerOf } from '#client/api/call.ts';
import { visibleText } from '#client/format/hostile.ts';
import type { search as searchEndpoint } from '#shared/api/search.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import classes from './events.module.css';
import type { EventsSearch } from './events-search.ts';
import { rowsShown } from './results.tsx';

type Answer = AnswerOf<typeof searchEndpoint>;

/** How many there are, how many of them are shown, how long it took. */
export function ResultCount({ search, answer }: { readonly search: EventsSearch; readonly answer: Answer }) {
  const { total, tookMs } = answer;
  const shown = rowsShown(search, total);
  const what = search.language === 'kql' ? plural(total, 'event') : plural(total, 'row');
  const rest =
    shown < total ? `, the ${search.language === 'kql' ? 'newest' : 'first'} ${formatCount(shown)} listed` : '';
  return (
    <span role="status">
      {what}
      {rest} <span className="dim">· {formatCount(tookMs)} ms</span>
    </span>
  );
}

/** What the rows do not show by themselves: that there are more, that values were made null. */
export function ResultNotes({ answer }: { readonly answer: Answer }) {
  const notes = [
    ...(answer.completeness === 'truncated'
      ? [`The result ends at ${plural(answer.total, 'row')}: say LIMIT to get more, or fewer.`]
      : []),
    ...(answer.completeness === 'partial' ? ['The result is not complete: the engine stopped early.'] : []),
    ...answer.warnings.map(({ message, rows }) => `${visibleText(message)} (${plural(rows, 'row')})`),
  ];
  if (notes.length === 0) return null;
  return (
    <ul className={classes['notes']} aria-label="Notes on the result">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
