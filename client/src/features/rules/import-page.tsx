import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useChange } from '#client/api/use-endpoint.ts';
import { plural } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { TextArea } from '#client/ui/fields.tsx';
import { IconFileUpload } from '#client/ui/icons.ts';
import { Page, Panel, Toolbar } from '#client/ui/page.tsx';
import { Failure } from '#client/ui/states.tsx';
import { showProblem, showUndo } from '#client/ui/toast.tsx';
import { checkRuleText, importRules, LARGEST_RULES, removeRule } from '#shared/api/rule-editing.ts';
import { ImportList } from './import-list.tsx';
import classes from './rules.module.css';

/** Rules from elsewhere: shown with what they would come to before any of them is taken. */
export function ImportPage() {
  const [text, setText] = useState('');
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const picker = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const check = useChange(checkRuleText, []);
  const add = useChange(importRules, ['rules']);
  const remove = useChange(removeRule, ['rules']);
  const look = (given: string): void => {
    setText(given);
    setLeft(new Set());
    check.mutate({ body: { text: given } });
  };
  /** What the answer is about: the field may have been typed in since. */
  const checked = check.variables?.body.text ?? '';
  const rules = check.data?.rules ?? [];
  const wanted = rules.filter(({ ok, line }) => ok && !left.has(line)).map(({ line }) => line);
  const take = (): void =>
    add.mutate(
      { body: { text: checked, lines: wanted } },
      {
        onError: showProblem,
        onSuccess: ({ added }) => {
          showUndo(`Added ${plural(added.length, 'rule')}`, () =>
            Promise.all(added.map((slug) => remove.mutateAsync({ params: { slug }, body: { why: '', override: '' } }))),
          );
          void navigate({ to: '/rules', search: {} });
        },
      },
    );
  const pick = (files: FileList | null): void => {
    const file = files?.[0];
    if (!file) return;
    if (file.size > LARGEST_RULES) showProblem(new Error('The file is larger than any export of rules.'));
    else void file.text().then(look, showProblem);
  };
  return (
    <Page title="Import rules" note={<Link to="/rules">All rules</Link>}>
      <Panel title="A rule file or an export">
        <p className="dim">
          A TOML file of Elastic's public repository, or Kibana's exported rules (NDJSON). Nothing is added before you
          say so.
        </p>
        <TextArea
          label="Paste it here"
          value={text}
          rows={7}
          mono
          placeholder={'[rule]\nname = "…"'}
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
            accept=".toml,.ndjson,.json,application/x-ndjson,application/toml"
            hidden
            aria-label="Rule file"
            onChange={(event) => {
              pick(event.currentTarget.files);
              event.currentTarget.value = '';
            }}
          />
        </Toolbar>
      </Panel>
      {check.isError ? <Failure error={check.error} /> : null}
      {check.data ? (
        <Panel
          flush
          title={`${plural(rules.length, 'rule')} found, ${rules.filter(({ ok }) => ok).length} can be evaluated`}
          actions={
            <Button look="primary" disabled={wanted.length === 0} busy={add.isPending} onClick={take}>
              Add {plural(wanted.length, 'rule')}
            </Button>
          }
        >
          <RestNote rest={check.data.rest} />
          <ImportList
            text={checked}
            rules={rules}
            isWanted={(line) => !left.has(line)}
            onWant={(line, on) => {
              const next = new Set(left);
              if (on) next.delete(line);
              else next.add(line);
              setLeft(next);
            }}
          />
        </Panel>
      ) : null}
    </Page>
  );
}

function RestNote({ rest }: { readonly rest: AnswerOf<typeof checkRuleText>['rest'] }) {
  const parts = [
    ...(rest.exceptionLists > 0 ? [plural(rest.exceptionLists, 'exception list')] : []),
    ...(rest.exceptionItems > 0 ? [plural(rest.exceptionItems, 'exception')] : []),
    ...(rest.connectors > 0 ? [plural(rest.connectors, 'connector')] : []),
  ];
  return parts.length > 0 ? (
    <p className={classes['none']}>Also in it, and left out here: {parts.join(', ')}.</p>
  ) : null;
}
