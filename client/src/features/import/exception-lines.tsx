import type { AnswerOf } from '#client/api/call.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Tag } from '#client/ui/marks.tsx';
import type { ImportLine, importFile } from '#shared/api/exception-exchange.ts';
import classes from './import.module.css';

type Report = AnswerOf<typeof importFile>;

const OUTCOMES = ['added', 'replaced', 'refused'] as const satisfies readonly ImportLine['outcome'][];

/** Such as `add 3, refuse 1`, in words for what is added, replaced and refused. */
export function summaryOf(report: Report, words: readonly [string, string, string]): string {
  const lines = linesOf(report);
  const parts = OUTCOMES.flatMap((outcome, index) => {
    const count = lines.filter((line) => line.outcome === outcome).length;
    return count === 0 ? [] : [`${words[index]} ${count}`];
  });
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** What becomes of each line; those that cannot be read among them. */
export function linesOf({ lines, errors }: Report): readonly ImportLine[] {
  const known = new Set(lines.map(({ line }) => line));
  const unreadable = errors.filter(({ line }) => !known.has(line));
  return [
    ...lines,
    ...unreadable.map(
      ({ line, error, item_id, list_id }): ImportLine => ({
        ...{ line, kind: 'item', name: item_id ?? list_id ?? '', outcome: 'refused' },
        detail: error.message,
      }),
    ),
  ].sort((left, right) => left.line - right.line);
}

const TONES = { added: 'good', replaced: 'medium', refused: 'critical' } as const;

export function ExceptionLines({ report }: { readonly report: Report }) {
  const rows = linesOf(report);
  return (
    <div className={classes['lines']}>
      <table aria-label="Lines of the file">
        <thead>
          <tr>
            <th>Line</th>
            <th>What</th>
            <th>Becomes</th>
            <th>Detail</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, kind, name, outcome, detail }) => (
            <tr key={line}>
              <td>{line}</td>
              <td>
                <span className="dim">{name === '' ? 'not readable' : kind === 'list' ? 'list' : 'exception'}</span>{' '}
                {visibleText(name)}
              </td>
              <td>
                <Tag tone={TONES[outcome]}>{outcome}</Tag>
              </td>
              <td>{visibleText(detail)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
