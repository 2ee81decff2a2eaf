import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '#client/api/call.ts';
import { useChange } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { plural } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { Panel } from '#client/ui/page.tsx';
import { Notice } from '#client/ui/states.tsx';
import { showDone, showProblem } from '#client/ui/toast.tsx';
import { type importFile, undoImport } from '#shared/api/exception-exchange.ts';
import { ExceptionLines, linesOf, summaryOf } from './exception-lines.tsx';

/** What came of an import, which can be put back. */
export function Imported({
  report,
  onPutBack,
}: {
  readonly report: AnswerOf<typeof importFile>;
  readonly onPutBack: () => void;
}) {
  const undo = useChange(undoImport, ['exceptions', 'rules']);
  const { undo: token, added } = report;
  const putBack = (id: string): void =>
    undo.mutate(
      { params: { id } },
      {
        onError: showProblem,
        onSuccess: ({ restored, skipped }) => {
          const rest = skipped === 0 ? '' : ` ${plural(skipped, 'other')} stay: somebody has changed them since.`;
          showDone(`${plural(restored, 'line')} put back.${rest}`);
          onPutBack();
        },
      },
    );
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
            <Button busy={undo.isPending} onClick={() => putBack(token)}>
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
