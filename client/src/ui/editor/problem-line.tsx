import { visibleText } from '#client/format/hostile.ts';
import { type Diagnostic, positionAt } from '#shared/base/diagnostic.ts';
import type { QueryLanguage } from './language.ts';
import classes from './query-editor.module.css';

/** A line of constant height below a query: its first problem, or the keys that work here. */
export function ProblemLine({
  id,
  text,
  problems,
  lines,
  language,
  onShow,
}: {
  readonly id: string;
  readonly text: string;
  readonly problems: readonly Diagnostic[];
  readonly lines: 'one' | 'many';
  readonly language: QueryLanguage;
  readonly onShow: (problem: Diagnostic) => void;
}) {
  const first = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  return (
    <div className={classes['line']} id={id}>
      <div role="alert" className={classes['problem']}>
        {first ? (
          <button type="button" data-severity={first.severity} title={sentenceOf(first)} onClick={() => onShow(first)}>
            {placeOf(text, first)}
            {sentenceOf(first)}
          </button>
        ) : null}
      </div>
      {problems.length > 1 ? <span className={classes['more']}>{problems.length} problems, F8 next</span> : null}
      {first ? null : <span className={classes['keys']}>{keysOf(lines, language)}</span>}
    </div>
  );
}

export const sentenceOf = ({ message, remedy }: Diagnostic): string =>
  visibleText(remedy === undefined ? message : `${message} ${remedy}`);

/** `12: ` in a query of one line, `3:12: ` in others. */
export function placeOf(text: string, { span }: Diagnostic): string {
  if (!span) return '';
  const { line, column } = positionAt(text, span.from);
  return text.includes('\n') ? `Line ${line}, column ${column}: ` : `Column ${column}: `;
}

const keysOf = (lines: 'one' | 'many', language: QueryLanguage): string =>
  [
    lines === 'one' ? 'Enter asks' : 'Ctrl Enter asks',
    ...(lines === 'one' ? ['Shift Enter new line'] : []),
    'Ctrl Space completes',
    '↓ Enter takes',
    ...(language === 'esql' ? ['Ctrl / comments'] : []),
    'Esc leaves',
  ].join(' · ');
