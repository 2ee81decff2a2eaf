import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { ButtonLink } from '#client/ui/button-link.tsx';
import { CodeBlock } from '#client/ui/code-block.tsx';
import { Columns } from '#client/ui/columns.tsx';
import { SwitchField } from '#client/ui/fields/switch-field.tsx';
import { SeverityMark } from '#client/ui/marks.tsx';
import { Page, Panel } from '#client/ui/page.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Notice } from '#client/ui/states.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { getRule } from '#shared/api/rules.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import { changesBetween } from '#shared/rule/rule-changes.ts';
import { FieldReading } from './field-reading.tsx';
import { GuideSteps } from './guide-steps.tsx';
import { RuleDiff } from './query-diff.tsx';
import { ReplayButton } from './replay-button.tsx';
import { RuleActions } from './rule-actions.tsx';
import { RuleCases } from './rule-cases.tsx';
import { RuleFacts } from './rule-facts.tsx';
import { RulePreview } from './rule-preview.tsx';
import classes from './rules.module.css';
import { RunLog } from './run-log.tsx';
import { useEnable } from './use-enable.ts';
import { useRuleKeys } from './use-rule-keys.ts';
import { VerdictCounts } from './verdict-counts.tsx';
import { WaitingChange } from './waiting-change.tsx';

const route = getRouteApi('/rules/$slug');

/** What another feature proposes to leave out of a rule. */
type Suggestions = (slug: string) => ReactNode;

export function RulePage({ suggestions }: { readonly suggestions: Suggestions }) {
  const { slug } = route.useParams();
  useRuleKeys(slug);
  const query = useEndpoint(getRule, { params: { slug } });
  if (query.data) return <Loaded answer={query.data} suggestions={suggestions} />;
  return (
    <Page title="Rule" note={<Link to="/rules">All rules</Link>}>
      <QueryView query={query} rows={14}>
        {() => null}
      </QueryView>
    </Page>
  );
}

function Loaded({
  answer,
  suggestions,
}: {
  readonly answer: AnswerOf<typeof getRule>;
  readonly suggestions: Suggestions;
}) {
  const { rule, cases, runs, verdicts, original, origin, custom, problem, lacking, guide, alerts } = answer;
  const { enable, busy } = useEnable(rule);
  return (
    <Page
      title={rule.name}
      note={<SeverityMark severity={rule.severity} />}
      actions={
        <>
          <Link to="/alerts" search={{ rule: [rule.slug], status: 'all' }}>
            {plural(alerts.all, 'alert')}, {formatCount(alerts.open)} open
          </Link>
          <SwitchField label="Enabled" checked={rule.enabled} disabled={busy} onChange={enable} />
          <RuleActions answer={answer} />
          <ReplayButton />
        </>
      }
    >
      {rule.deprecated ? (
        <Notice tone="medium" title={`Deprecated upstream since ${rule.deprecated.date}`}>
          {rule.deprecated.reason}
        </Notice>
      ) : null}
      <FieldReading rule={rule.slug} />
      <WaitingChange answer={answer} />
      {lacking.length > 0 && !rule.enabled ? (
        <Notice tone="medium" title={`It reads ${lacking.join(', ')}, which the stored events do not have yet`}>
          That is read from their records once the rule is switched on.
        </Notice>
      ) : null}
      {problem ? (
        <Notice tone="critical" title="It cannot run over the events of this console">
          {visibleText(problem)}
        </Notice>
      ) : null}
      {rule.unapplied.length > 0 ? (
        <Notice tone="medium" title={`Not applied here: ${rule.unapplied.join(', ')}`}>
          Alerts of the same keys join one alert while that is open.
        </Notice>
      ) : null}
      <Columns
        main={
          <>
            <Panel title="What it looks for">
              <Prose text={rule.description} />
            </Panel>
            <CodeBlock
              label={rule.language === 'esql' ? 'Query, ES|QL' : 'Query, KQL'}
              text={rule.query.trim()}
              language={rule.language === 'esql' ? 'esql' : 'kql'}
              numbered
              tall
            />
            {origin === 'shipped' ? null : (
              <Panel title={custom?.base === null ? 'Against what was imported' : 'Against the shipped version'}>
                {custom ? (
                  <p className="dim">
                    added by {visibleText(custom.createdBy)} <TimeText iso={custom.createdAt} />, changed last by{' '}
                    {visibleText(custom.updatedBy)} <TimeText iso={custom.updatedAt} />
                  </p>
                ) : null}
                <RuleDiff before={original} after={rule} />
              </Panel>
            )}
            <RulePreview
              subject={{ slug: rule.slug }}
              changes={changesBetween(original, rule)}
              ready={problem === null}
            />
            {alerts.all > 0 ? <Panel title="Suggested exceptions">{suggestions(rule.slug)}</Panel> : null}
            <Panel title="Runs" flush>
              <RunLog runs={runs} />
            </Panel>
            <Panel title="Cases" flush>
              <RuleCases cases={cases} />
            </Panel>
          </>
        }
        side={
          <>
            <Panel title="Verdicts given">
              <VerdictCounts verdicts={verdicts} />
            </Panel>
            <Panel title="Schedule and settings">
              <RuleFacts rule={rule} />
            </Panel>
            <Panel
              title="Guide"
              actions={
                <ButtonLink to="/rules/$slug/guide" params={{ slug: rule.slug }}>
                  Edit the guide
                </ButtonLink>
              }
            >
              <GuideSteps guide={guide} />
            </Panel>
            {rule.setup ? (
              <Panel title="Setup">
                <Prose text={rule.setup} />
              </Panel>
            ) : null}
            {rule.falsePositives.length > 0 ? (
              <Panel title="Known false positives">
                <ul className={classes['bullets']}>
                  {rule.falsePositives.map((text) => (
                    <li key={text}>{text}</li>
                  ))}
                </ul>
              </Panel>
            ) : null}
          </>
        }
      />
    </Page>
  );
}
