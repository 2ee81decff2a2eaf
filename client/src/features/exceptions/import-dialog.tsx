import { useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useChange } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { plural } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { CheckField } from '#client/ui/fields.tsx';
import { IconFileUpload } from '#client/ui/icons.ts';
import { Tag } from '#client/ui/marks.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import { Failure, Notice } from '#client/ui/states.tsx';
import { showDone, showProblem } from '#client/ui/toast.tsx';
import { type ImportLine, importExceptions, undoImport } from '#shared/api/exception-exchange.ts';
import classes from './exceptions.module.css';

type Report = AnswerOf<typeof importExceptions>;

/** Takes Kibana's files in: says line by line what it would do, then does it, and can put it back. */
export function ImportButton() {
  const [importing, setImporting] = useState(false);
  return (
    <>
      <Button icon={IconFileUpload} onClick={() => setImporting(true)}>
        Import
      </Button>
      {importing ? <ImportDialog onClose={() => setImporting(false)} /> : null}
    </>
  );
}

interface Asked {
  readonly text: string;
  readonly overwrite: boolean;
  readonly asNewList: boolean;
}

function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const [asked, setAsked] = useState<Asked>({ text: '', overwrite: false, asNewList: false });
  const plan = useChange(importExceptions, []);
  const take = useChange(importExceptions, ['exceptions', 'rules']);
  // Does it and takes it back, so that what it tells is what happens.
  const look = (change: Partial<Asked>): void => {
    const next = { ...asked, ...change };
    setAsked(next);
    if (next.text !== '') plan.mutate({ body: { ...next, dryRun: true } });
  };
  return (
    <Dialog title="Import exceptions" open onClose={onClose} size="xl">
      <div className={classes['form']}>
        {take.data ? (
          <Done report={take.data} onPutBack={onClose} />
        ) : (
          <>
            <p className="dim">
              An NDJSON file that Kibana exports: exception lists with their items, or rules with theirs. Rules
              themselves are imported on the page of rules, lists of values below the lists.
            </p>
            <label>
              File{' '}
              <input
                type="file"
                accept=".ndjson,.json,.txt"
                onChange={(event) => {
                  const file = event.currentTarget.files?.[0];
                  if (file) void file.text().then((text) => look({ text }), showProblem);
                }}
              />
            </label>
            <CheckField
              label="Replace what is here already"
              checked={asked.overwrite}
              onChange={(overwrite) => look({ overwrite })}
            />
            <CheckField
              label="Make new lists of it"
              checked={asked.asNewList}
              onChange={(asNewList) => look({ asNewList })}
            />
            {plan.error ? <Failure error={plan.error} /> : null}
            {plan.data ? (
              <section aria-label="What the import would do" aria-busy={plan.isPending}>
                <p>
                  It would <b>{summaryOf(plan.data, ['add', 'replace', 'refuse'])}</b>.
                </p>
                <Lines report={plan.data} />
              </section>
            ) : null}
          </>
        )}
        {take.error ? <Failure error={take.error} /> : null}
        <div className={classes['buttons']}>
          <Button onClick={onClose}>{take.data ? 'Close' : 'Cancel'}</Button>
          {take.data ? null : (
            <Button
              look="primary"
              disabled={asked.text === ''}
              busy={take.isPending}
              onClick={() => take.mutate({ body: { ...asked, dryRun: false } })}
            >
              Import the file
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Done({ report, onPutBack }: { readonly report: Report; readonly onPutBack: () => void }) {
  const undo = useChange(undoImport, ['exceptions', 'rules']);
  const { undo: token } = report;
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
  return (
    <>
      <Notice
        tone={report.errors.length === 0 ? 'good' : 'medium'}
        title={`Imported: ${summaryOf(report, ['added', 'replaced', 'refused'])}`}
        action={
          token === null ? undefined : (
            <Button busy={undo.isPending} onClick={() => putBack(token)}>
              Put back
            </Button>
          )
        }
      />
      <Lines report={report} />
    </>
  );
}

const OUTCOMES = ['added', 'replaced', 'refused'] as const satisfies readonly ImportLine['outcome'][];

function summaryOf(report: Report, words: readonly [string, string, string]): string {
  const lines = linesOf(report);
  const parts = OUTCOMES.flatMap((outcome, index) => {
    const count = lines.filter((line) => line.outcome === outcome).length;
    return count === 0 ? [] : [`${words[index]} ${count}`];
  });
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** What becomes of each line; those that cannot be read among them. */
function linesOf({ lines, errors }: Report): readonly ImportLine[] {
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

function Lines({ report }: { readonly report: Report }) {
  const rows = linesOf(report);
  if (rows.length === 0) return <p className="dim">No line of this file is a list or an exception.</p>;
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
