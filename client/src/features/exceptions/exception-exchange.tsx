import { useState } from 'react';
import { type AnswerOf, callEndpoint } from '#client/api/call.ts';
import { useChange } from '#client/api/use-endpoint.ts';
import { downloadText } from '#client/format/download.ts';
import { visibleText } from '#client/format/hostile.ts';
import { plural } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { CheckField } from '#client/ui/fields.tsx';
import { IconDownload, IconFileUpload } from '#client/ui/icons.ts';
import { Dialog } from '#client/ui/overlays.tsx';
import { Failure, Notice } from '#client/ui/states.tsx';
import { showDone, showProblem } from '#client/ui/toast.tsx';
import { exportExceptions, importExceptions } from '#shared/api/exceptions.ts';
import classes from './exceptions.module.css';

/** Buttons that take Kibana's files in, and give one out. */
export function ExceptionExchange() {
  const [importing, setImporting] = useState(false);
  const download = async (): Promise<void> => {
    const { text, notes } = await callEndpoint(exportExceptions, { query: { expired: 'include' } });
    downloadText('exceptions.ndjson', 'application/x-ndjson', text);
    showDone(notes.length > 0 ? `Exported. ${notes.join(' ')}` : 'Exported');
  };
  return (
    <>
      <Button icon={IconFileUpload} onClick={() => setImporting(true)}>
        Import
      </Button>
      <Button icon={IconDownload} onClick={() => void download().catch(showProblem)}>
        Export
      </Button>
      {importing ? <ImportDialog onClose={() => setImporting(false)} /> : null}
    </>
  );
}

function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [overwrite, setOverwrite] = useState(false);
  const [asNewList, setAsNewList] = useState(false);
  const take = useChange(importExceptions, ['exceptions', 'rules']);
  return (
    <Dialog title="Import exceptions" open onClose={onClose} size="lg">
      <div className={classes['form']}>
        <p className="dim">
          An NDJSON file that Kibana exports: exception lists with their items, or rules with theirs. Rules themselves
          are imported on the page of rules, lists of values below the lists.
        </p>
        <label>
          File{' '}
          <input
            type="file"
            accept=".ndjson,.json,.txt"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) void file.text().then(setText, showProblem);
            }}
          />
        </label>
        <CheckField label="Replace what is here already" checked={overwrite} onChange={setOverwrite} />
        <CheckField label="Make new lists of it" checked={asNewList} onChange={setAsNewList} />
        {take.error ? <Failure error={take.error} /> : null}
        {take.data ? <Outcome report={take.data} /> : null}
        <div className={classes['buttons']}>
          <Button onClick={onClose}>{take.data ? 'Done' : 'Cancel'}</Button>
          <Button
            look="primary"
            disabled={text === ''}
            busy={take.isPending}
            onClick={() => take.mutate({ body: { text, overwrite, asNewList } })}
          >
            Import the file
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Outcome({ report }: { readonly report: AnswerOf<typeof importExceptions> }) {
  const { errors, unusable } = report;
  const lists = plural(report.success_count_exception_lists, 'list');
  const items = plural(report.success_count_exception_list_items, 'exception');
  return (
    <>
      <Notice tone={errors.length === 0 ? 'good' : 'medium'} title={`Imported ${lists} and ${items}`}>
        {errors.length === 0 ? null : (
          <ul>
            {errors.map(({ line, error }) => (
              <li key={line}>
                Line {line}: {visibleText(error.message)}
              </li>
            ))}
          </ul>
        )}
      </Notice>
      {unusable.length === 0 ? null : (
        <Notice tone="medium" title={`${plural(unusable.length, 'exception')} cannot be applied, and are switched off`}>
          <ul>
            {unusable.map(({ item_id, name, reasons }) => (
              <li key={item_id}>
                {visibleText(name)}: {visibleText(reasons.join(' '))}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
