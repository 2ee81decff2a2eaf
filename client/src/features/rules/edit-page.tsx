import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { readFieldValues } from '#client/api/field-values.ts';
import { useCatalogue } from '#client/api/use-catalogue.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Columns } from '#client/ui/columns.tsx';
import { QueryEditor } from '#client/ui/editor/query-editor.tsx';
import { Page, Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { showDone, showUndo } from '#client/ui/toast.tsx';
import type { changeRule } from '#shared/api/rule-editing.ts';
import { getRule } from '#shared/api/rules.ts';
import { type Diagnostic, hasErrors } from '#shared/base/diagnostic.ts';
import { withThresholds } from '#shared/rarity/rule-thresholds.ts';
import { changedRule, changesBetween, detectsOtherwise } from '#shared/rule/rule-changes.ts';
import { EditSettings } from './edit-settings.tsx';
import { EditThresholds } from './edit-thresholds.tsx';
import { changesOf, type EditValues, problemsOf, valuesOfRule } from './edit-values.ts';
import { FieldReading } from './field-reading.tsx';
import { LivePreview, useLivePreview } from './live-preview.tsx';
import { RuleDiff } from './query-diff.tsx';
import { waitsWords } from './rule-words.ts';
import type { RuleEditSearch } from './rules-search.ts';
import { SaveRule } from './save-rule.tsx';
import { useRevert } from './use-revert.ts';
import { WaitingChange } from './waiting-change.tsx';

const route = getRouteApi('/rules/$slug/edit');

/** A rule being changed: its query and settings, how they differ, and what they would have raised. */
export function EditPage() {
  const { slug } = route.useParams();
  const query = useEndpoint(getRule, { params: { slug } }, { calm: true });
  return (
    <QueryView query={query} rows={14}>
      {(answer) => <Loaded key={`${slug} ${answer.version}`} answer={answer} />}
    </QueryView>
  );
}

function Loaded({ answer }: { readonly answer: AnswerOf<typeof getRule> }) {
  const { rule, original, custom, version, waiting } = answer;
  const { slug } = rule;
  const tried = route.useSearch();
  const [values, setValues] = useState<EditValues>(() => startingFrom(answer, tried));
  const [found, setFound] = useState<readonly Diagnostic[]>([]);
  const navigate = route.useNavigate();
  const catalogue = useCatalogue();
  const problems = problemsOf(rule, values);
  const wrong = Object.keys(problems).length > 0 || hasErrors(found);
  const changes = changesOf(rule, values);
  const draft = changedRule(original, changes);
  const changed = detectsOtherwise(rule, draft);
  const touched = Object.keys(changesBetween(rule, draft)).length > 0;
  const preview = useLivePreview(slug, wrong || !changed ? null : changes);
  const setQuery = (query: string): void => setValues((now) => ({ ...now, query }));
  const { takeBack } = useRevert(slug, version);
  const saved = ({ waitsFor }: AnswerOf<typeof changeRule>): void => {
    if (waitsFor.length > 0) showDone(waitsWords(waitsFor));
    else showUndo('Saved: it applies from the next run', takeBack);
    void navigate({ to: '/rules/$slug', params: { slug } });
  };
  return (
    <Page
      title={`Edit ${rule.name}`}
      note={
        <Link to="/rules/$slug" params={{ slug }}>
          Back without saving
        </Link>
      }
    >
      <FieldReading rule={slug} />
      <Columns
        main={
          <>
            <LivePreview {...preview} />
            <Panel title={rule.language === 'esql' ? 'Query, ES|QL' : 'Query, KQL'}>
              <QueryEditor
                language={rule.language === 'esql' ? 'esql' : 'kql'}
                label="Query"
                catalogue={catalogue}
                fields="any"
                lines="many"
                rows={14}
                problems="list"
                value={values.query}
                values={readFieldValues}
                onChange={setQuery}
                onProblems={setFound}
              />
            </Panel>
          </>
        }
        side={
          <>
            {rule.language === 'esql' ? (
              <Panel title="Thresholds and windows of the query">
                <EditThresholds query={values.query} onChange={setQuery} />
              </Panel>
            ) : null}
            <Panel title="Settings">
              <EditSettings
                rule={rule}
                values={values}
                problems={problems}
                onChange={(part) => setValues((now) => ({ ...now, ...part }))}
              />
            </Panel>
            {waiting?.problem === null ? (
              <WaitingChange answer={answer} />
            ) : (
              <SaveRule
                slug={slug}
                version={version}
                changes={changes}
                ready={touched && !wrong}
                comparison={(changed && preview.current && preview.query.data?.outcome?.comparison) || null}
                onSaved={saved}
              />
            )}
            <Panel title={custom?.base === null ? 'Against what was imported' : 'Against the shipped version'}>
              <RuleDiff before={original} after={draft} />
            </Panel>
          </>
        }
      />
    </Page>
  );
}

/** As the rule stands, but for what the link here brings. */
function startingFrom(
  { rule, original, waiting }: AnswerOf<typeof getRule>,
  { count, agents, from }: RuleEditSearch,
): EditValues {
  if (from === 'unsaved' && waiting?.changes) return valuesOfRule(changedRule(original, waiting.changes));
  const values = valuesOfRule(rule);
  if (count === undefined || agents === undefined) return values;
  return { ...values, query: withThresholds(values.query, { count, agents }) ?? values.query };
}
