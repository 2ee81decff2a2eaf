import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useChange } from '#client/api/use-endpoint.ts';
import { plural } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { CheckField, TextArea } from '#client/ui/fields.tsx';
import { IconFileUpload } from '#client/ui/icons.ts';
import { Page, Panel, Toolbar } from '#client/ui/page.tsx';
import { Failure } from '#client/ui/states.tsx';
import { showDone, showProblem, showUndo } from '#client/ui/toast.tsx';
import { importFile, LARGEST_IMPORT, undoImport } from '#shared/api/exception-exchange.ts';
import { checkRuleText } from '#shared/api/rule-editing.ts';
import { ExceptionLines, linesOf, summaryOf } from './exception-lines.tsx';
import classes from './import.module.css';
import { Imported } from './imported.tsx';
import { RuleLines } from './rule-lines.tsx';

interface Choices {
  /** Lines of rules that are not wanted. */
  readonly left: ReadonlySet<number>;
  readonly overwrite: boolean;
  readonly asNewList: boolean;
}

const UNTOUCHED: Choices = { left: new Set(), overwrite: false, asNewList: false };

/** Rules and exceptions from elsewhere, in one file: what would come of each line is shown before any of it is taken. */
export function ImportPage({ preview }: { readonly preview: (text: string) => ReactNode }) {
  const [text, setText] = useState('');
  const [choices, setChoices] = useState(UNTOUCHED);
  const picker = useRef<HTMLInputElement>(null);
  const check = useChange(checkRuleText, []);
  const plan = useChange(importFile, []);
  const take = useChange(importFile, ['exceptions', 'rules']);
  const undo = useChange(undoImport, ['exceptions', 'rules']);
  /** What the answers are about: the field may have been typed in since. */
  const checked = check.variables?.body.text ?? '';
  const refused = new Set(plan.data ? linesOf(plan.data).map(({ line }) => line) : []);
  // A line that nobody can read is said once, among the others that are no rules.
  const rules = (check.data?.rules ?? []).filter(({ name, line }) => name !== null || !refused.has(line));
  const bodyOf = ({ left, ...how }: Choices, from: AnswerOf<typeof checkRuleText>['rules'], of: string) => ({
    ...how,
    text: of,
    rules: from.filter(({ ok, line }) => ok && !left.has(line)).map(({ line }) => line),
  });
  const choose = (change: Partial<Choices>): void => {
    const next = { ...choices, ...change };
    setChoices(next);
    plan.mutate({ body: { ...bodyOf(next, rules, checked), dryRun: true } });
  };
  const look = (given: string): void => {
    setText(given);
    take.reset();
    plan.reset();
    check.mutate(
      { body: { text: given } },
      {
        onSuccess: ({ rules: found }) => {
          // A second of what is here already is seldom meant.
          const left = new Set(found.filter(({ present }) => present !== null).map(({ line }) => line));
          setChoices({ ...UNTOUCHED, left });
          plan.mutate({ body: { ...bodyOf({ ...UNTOUCHED, left }, found, given), dryRun: true } });
        },
      },
    );
  };
  /** Gives what to say. */
  const putBack = async (id: string): Promise<string> => {
    const { restored, skipped } = await undo.mutateAsync({ params: { id } });
    const rest = skipped === 0 ? '' : ` ${plural(skipped, 'other')} stay: somebody has changed them since.`;
    look(checked);
    return `${plural(restored, 'line')} put back.${rest}`;
  };
  const pick = (files: FileList | null): void => {
    const file = files?.[0];
    if (!file) return;
    if (file.size > LARGEST_IMPORT) showProblem(new Error('The file is larger than any export of rules.'));
    else void file.text().then(look, showProblem);
  };
  const body = bodyOf(choices, rules, checked);
  const taken = plan.data ? linesOf(plan.data).filter(({ outcome }) => outcome !== 'refused').length : 0;
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
        <p className="dim">
          What Kibana exports (NDJSON): rules, exception lists, exceptions, or all of them in one file. Or a rule of
          Elastic's public repository (TOML). Nothing is added before you say so. Lists of values are plain texts:{' '}
          <Link to="/exceptions" search={{ tab: 'lists' }}>
            make them beside the lists
          </Link>
          .
        </p>
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
      </Panel>
      {check.isError ? <Failure error={check.error} /> : null}
      {plan.isError ? <Failure error={plan.error} /> : null}
      {take.isError ? <Failure error={take.error} /> : null}
      {take.data ? (
        <Imported
          report={take.data}
          busy={undo.isPending}
          onPutBack={(token) => void putBack(token).then(showDone, showProblem)}
        />
      ) : null}
      {check.data && !take.data ? (
        <>
          {rules.length > 0 ? (
            <Panel
              flush
              title={`${plural(rules.length, 'rule')}, ${rules.filter(({ ok }) => ok).length} can be evaluated`}
            >
              <RuleLines
                text={checked}
                rules={rules}
                preview={preview}
                isWanted={(line) => !choices.left.has(line)}
                onWant={(line, on) => {
                  const left = new Set(choices.left);
                  if (on) left.delete(line);
                  else left.add(line);
                  choose({ left });
                }}
              />
            </Panel>
          ) : null}
          {plan.data && linesOf(plan.data).length > 0 ? (
            <Panel title="Lists and exceptions">
              <section className={classes['form']} aria-label="What the import would do" aria-busy={plan.isPending}>
                <p>
                  It would <b>{summaryOf(plan.data, ['add', 'replace', 'refuse'])}</b>.
                </p>
                <div className={classes['choices']}>
                  <CheckField
                    label="Replace what is here already"
                    checked={choices.overwrite}
                    onChange={(overwrite) => choose({ overwrite })}
                  />
                  <CheckField
                    label="Make new lists of it"
                    checked={choices.asNewList}
                    onChange={(asNewList) => choose({ asNewList })}
                  />
                </div>
                <ExceptionLines report={plan.data} />
              </section>
            </Panel>
          ) : null}
          <ConnectorNote connectors={check.data.rest.connectors} />
          <Toolbar label="Take it">
            <Button
              look="primary"
              disabled={body.rules.length + taken === 0 || plan.isPending}
              busy={take.isPending}
              onClick={() =>
                take.mutate(
                  { body: { ...body, dryRun: false } },
                  { onSuccess: ({ undo: token }) => token !== null && showUndo('Imported', () => putBack(token)) },
                )
              }
            >
              Import {wordsFor(body.rules.length, taken)}
            </Button>
          </Toolbar>
        </>
      ) : null}
    </Page>
  );
}

const wordsFor = (rules: number, lines: number): string => {
  const parts = [
    ...(rules > 0 ? [plural(rules, 'rule')] : []),
    ...(lines > 0 ? [`${plural(lines, 'line')} of lists and exceptions`] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : 'nothing';
};

const ConnectorNote = ({ connectors }: { readonly connectors: number }) =>
  connectors > 0 ? (
    <p className="dim">Left out: {plural(connectors, 'connector')}, which this console has not.</p>
  ) : null;
