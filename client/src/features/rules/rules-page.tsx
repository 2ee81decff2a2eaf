import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '#client/api/call.ts';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { formatCount, plural } from '#client/format/number.ts';
import { formatSpan } from '#client/format/time.ts';
import { SwitchField } from '#client/ui/fields.tsx';
import { SeverityMark, Tag } from '#client/ui/marks.tsx';
import { Page, Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Notice } from '#client/ui/states.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { showProblem } from '#client/ui/toast.tsx';
import { listRules, updateRule } from '#shared/api/rules.ts';
import { ReplayButton } from './replay-button.tsx';
import classes from './rules.module.css';

type Listed = AnswerOf<typeof listRules>['rules'][number];

/** All rules with how they stand. */
export function RulesPage() {
  const query = useEndpoint(listRules, {});
  return (
    <Page title="Rules" note="What is looked for, how often, and how the last run went" actions={<ReplayButton />}>
      <QueryView query={query}>
        {({ rules, broken }) => (
          <>
            {broken.map(({ path, message }) => (
              <Notice key={path} tone="critical" title={`${path} could not be read`}>
                {message}
              </Notice>
            ))}
            <Panel flush>
              <ul className={classes['list']}>
                {rules.map((rule) => (
                  <RuleRow key={rule.slug} rule={rule} />
                ))}
              </ul>
            </Panel>
          </>
        )}
      </QueryView>
    </Page>
  );
}

function RuleRow({ rule }: { readonly rule: Listed }) {
  const update = useChange(updateRule, ['rules']);
  return (
    <li className={classes['row']}>
      <SwitchField
        bare
        label={`Enabled: ${rule.name}`}
        checked={rule.enabled}
        disabled={update.isPending}
        onChange={(enabled) =>
          update.mutate({ params: { slug: rule.slug }, body: { enabled } }, { onError: showProblem })
        }
      />
      <div>
        <p className={classes['title']}>
          <Link to="/rules/$slug" params={{ slug: rule.slug }}>
            {rule.name}
          </Link>
          <SeverityMark severity={rule.severity} />
          <span className="dim">risk {rule.riskScore}</span>
          {rule.deprecated ? (
            <Tag tone="medium" title={rule.deprecated.reason}>
              deprecated upstream {rule.deprecated.date}
            </Tag>
          ) : null}
        </p>
        <p className="dim">
          {rule.type === 'esql' ? 'ES|QL' : 'new terms, KQL'}, every {formatSpan(rule.interval)} over the last{' '}
          {formatSpan(rule.window)}
        </p>
        <p className={classes['tags']}>
          {rule.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </p>
      </div>
      <div className={classes['figures']}>
        <Link to="/alerts" search={{ rule: [rule.slug] }}>
          <b>{formatCount(rule.openAlerts)}</b> open
        </Link>
        <Link to="/alerts" search={{ rule: [rule.slug], status: 'all' }}>
          {plural(rule.alerts, 'alert')}
        </Link>
        <span className="dim">
          {rule.lastRun ? (
            <>
              {rule.lastRun.status === 'failed' ? <Tag tone="critical">last run failed</Tag> : 'last run'}{' '}
              <TimeText iso={rule.lastRun.startedAt} relative />
            </>
          ) : (
            'never run'
          )}
        </span>
      </div>
    </li>
  );
}
