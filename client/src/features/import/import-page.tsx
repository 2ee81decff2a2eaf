import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { Button } from '#client/ui/button.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { IconFileUpload } from '#client/ui/icons.ts';
import { Page, Panel, Toolbar } from '#client/ui/page.tsx';
import { Failure } from '#client/ui/states.tsx';
import { showDone, showProblem } from '#client/ui/toast.tsx';
import { LARGEST_IMPORT } from '#shared/api/exception-exchange.ts';
import { Found } from './found.tsx';
import classes from './import.module.css';
import { Imported } from './imported.tsx';
import { type Import, useImport } from './use-import.ts';

/** Rules and exceptions from elsewhere, in one file: what would come of each line is shown before any of it is taken. */
export function ImportPage({
  preview,
  reading,
}: {
  readonly preview: (text: string) => ReactNode;
  /** Of fields that imported rules wait for. */
  readonly reading: ReactNode;
}) {
  const work = useImport();
  const { check, plan, take, undo } = work;
  return (
    <Page
      title="Import"
      note={
        <>
          <Link to="/rules">Rules</Link> and <Link to="/exceptions">exceptions</Link> of one file
        </>
      }
    >
      <Panel title="A rule file or an export">
        <p className={`dim ${classes['about']}`}>
          What Kibana exports (NDJSON): rules, exception lists, exceptions, or all of them in one file. Or a rule of
          Elastic's public repository (TOML). Nothing is added before you say so. Lists of values are plain texts:{' '}
          <Link to="/exceptions" search={{ tab: 'lists' }}>
            make them beside the lists
          </Link>
          .
        </p>
        <GivenText of={work} />
      </Panel>
      {take.data ? reading : null}
      {check.error ? <Failure error={check.error} /> : null}
      {plan.error ? <Failure error={plan.error} /> : null}
      {take.error ? <Failure error={take.error} /> : null}
      {take.data ? (
        <Imported
          report={take.data}
          busy={undo.isPending}
          onPutBack={(token) => void work.putBack(token).then(showDone, showProblem)}
        />
      ) : null}
      {check.data && !take.data ? <Found of={work} preview={preview} /> : null}
    </Page>
  );
}

/** The text, pasted or of a file. */
function GivenText({ of: { text, setText, look, check } }: { readonly of: Import }) {
  const picker = useRef<HTMLInputElement>(null);
  const pick = (files: FileList | null): void => {
    const file = files?.[0];
    if (!file) return;
    if (file.size > LARGEST_IMPORT) showProblem(new Error('The file is larger than any export of rules.'));
    else void file.text().then(look, showProblem);
  };
  return (
    <div className={classes['form']}>
      <TextArea
        label="Paste it here"
        value={text}
        rows={6}
        mono
        placeholder={'{"rule_id": "…"}   or   [rule]'}
        onChange={setText}
      />
      <Toolbar label="Import">
        <Button look="primary" disabled={text.trim() === ''} busy={check.isPending} onClick={() => look(text)}>
          Check
        </Button>
        <Button icon={IconFileUpload} onClick={() => picker.current?.click()}>
          Choose a file
        </Button>
        <input
          ref={picker}
          type="file"
          accept=".toml,.ndjson,.json,.txt,application/x-ndjson,application/toml"
          hidden
          aria-label="File to import"
          onChange={(event) => {
            pick(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </Toolbar>
    </div>
  );
}
