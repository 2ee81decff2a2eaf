import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { readFieldValues } from '#client/api/field-values.ts';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { QueryEditor } from '#client/ui/editor/query-editor.tsx';
import { Page, Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { showDone, showProblem } from '#client/ui/toast.tsx';
import { changeRule } from '#shared/api/rule-editing.ts';
import { getRule } from '#shared/api/rules.ts';
import { type Diagnostic, hasErrors } from '#shared/base/diagnostic.ts';
import { changedRule } from '#shared/rule/rule-changes.ts';
import { EditSettings } from './edit-settings.tsx';
import { changesOf, type EditValues, problemsOf, valuesOfRule } from './edit-values.ts';
import { RuleDiff } from './query-diff.tsx';
import { RulePreview } from './rule-preview.tsx';
import classes from './rules.module.css';

const route = getRouteApi('/rules/$slug/edit');

/** A rule being changed: its query and settings, how they differ, and what they would have raised. */
export function EditPage() {
  const { slug } = route.useParams();
  const query = useEndpoint(getRule, { params: { slug } }, { calm: true });
  return (
    <QueryView query={query} rows={14}>
      {(answer) => <Loaded key={`${slug} ${answer.custom?.version ?? 0}`} answer={answer} />}
    </QueryView>
  );
}

function Loaded({ answer }: { readonly answer: AnswerOf<typeof getRule> }) {
  const { rule, original, custom } = answer;
  const { slug } = rule;
  const [values, setValues] = useState<EditValues>(() => valuesOfRule(rule));
  const [found, setFound] = useState<readonly Diagnostic[]>([]);
  const save = useChange(changeRule, ['rules', 'alerts']);
  const navigate = route.useNavigate();
  const problems = problemsOf(rule, values);
  const wrong = Object.keys(problems).length > 0 || hasErrors(found);
  const changes = changesOf(rule, values);
  const store = (): void =>
    save.mutate(
      { params: { slug }, body: { changes, version: custom?.version ?? 0 } },
      {
        onError: showProblem,
        onSuccess: () => {
          showDone('Saved: it applies from the next run');
          void navigate({ to: '/rules/$slug', params: { slug } });
        },
      },
    );
  return (
    <Page
      title={`Edit ${rule.name}`}
      note={
        <Link to="/rules/$slug" params={{ slug }}>
          Back without saving
        </Link>
      }
      actions={
        <Button look="primary" disabled={wrong} busy={save.isPending} onClick={store}>
          Save
        </Button>
      }
    >
      <div className={classes['columns']}>
        <div className={classes['column']}>
          <Panel title={rule.language === 'esql' ? 'Query, ES|QL' : 'Query, KQL'}>
            <QueryEditor
              language={rule.language === 'esql' ? 'esql' : 'kql'}
              label="Query"
              lines="many"
              rows={14}
              problems="list"
              value={values.query}
              values={readFieldValues}
              onChange={(text) => setValues((now) => ({ ...now, query: text }))}
              onProblems={setFound}
            />
          </Panel>
          <RulePreview subject={{ slug }} changes={changes} ready={!wrong} />
        </div>
        <div className={classes['column']}>
          <Panel title="Settings">
            <EditSettings
              rule={rule}
              values={values}
              problems={problems}
              onChange={(part) => setValues((now) => ({ ...now, ...part }))}
            />
          </Panel>
          <Panel title={custom?.base === null ? 'Against what was imported' : 'Against the shipped version'}>
            <RuleDiff before={original} after={changedRule(original, changes)} />
          </Panel>
        </div>
      </div>
    </Page>
  );
}
