import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '#client/api/call.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { Panel } from '#client/ui/page.tsx';
import { Notice } from '#client/ui/states.tsx';
import type { importFile } from '#shared/api/exception-exchange.ts';
import { plural } from '#shared/base/counts.ts';
import { ExceptionLines, linesOf, summaryOf } from './exception-lines.tsx';

/** What came of an import, which can be put back. */
export function Imported({
  report,
  busy,
  onPutBack,
}: {
  readonly report: AnswerOf<typeof importFile>;
  readonly busy: boolean;
  readonly onPutBack: (token: string) => void;
}) {
  const { undo: token, added } = report;
  const words = [
    ...(added.length > 0 ? [plural(added.length, 'rule')] : []),
    ...(linesOf(report).length > 0 || added.length === 0
      ? [`lists and exceptions: ${summaryOf(report, ['added', 'replaced', 'refused'])}`]
      : []),
  ];
  return (
    <Panel title="Imported">
      <Notice
        tone={report.errors.length === 0 ? 'good' : 'medium'}
        title={`Imported: ${words.join('; ')}`}
        action={
          token === null ? undefined : (
            <Button busy={busy} onClick={() => onPutBack(token)}>
              Put back
            </Button>
          )
        }
      />
      {added.length > 0 ? (
        <ul aria-label="Rules added">
          {added.map((slug) => (
            <li key={slug}>
              <Link to="/rules/$slug" params={{ slug }}>
                {visibleText(slug)}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {linesOf(report).length > 0 ? <ExceptionLines report={report} /> : null}
    </Panel>
  );
}
