import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '#client/api/call.ts';
import { visibleText } from '#client/format/hostile.ts';
import { formatSpan } from '#client/format/time.ts';
import { type DataColumn, DataTable } from '#client/ui/data-table.tsx';
import { SwitchField } from '#client/ui/fields/switch-field.tsx';
import { SeverityMark, Tag } from '#client/ui/marks.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { listRules } from '#shared/api/rules.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import { ORIGIN_WORDS, precisionOf, precisionText, SMALLEST_SAMPLE, TYPE_WORDS } from './rule-words.ts';
import classes from './rules.module.css';
import { useEnable } from './use-enable.ts';

type Listed = AnswerOf<typeof listRules>['rules'][number];

const COLUMNS: readonly DataColumn[] = [
  { name: 'On' },
  { name: 'Rule' },
  { name: 'Severity' },
  { name: 'Open', number: true },
  { name: 'Alerts', number: true },
  { name: 'Precision', number: true },
  { name: 'Type' },
  { name: 'Runs' },
  { name: 'Last run' },
];

export function RuleTable({ rules }: { readonly rules: readonly Listed[] }) {
  return (
    <DataTable label="Rules" columns={COLUMNS}>
      {rules.map((rule) => (
        <RuleRow key={rule.slug} rule={rule} />
      ))}
    </DataTable>
  );
}

function RuleRow({ rule }: { readonly rule: Listed }) {
  const { enable, busy } = useEnable(rule);
  const { slug } = rule;
  const precision = precisionOf(rule.verdicts);
  return (
    <tr>
      <td>
        <SwitchField bare label={`Enabled: ${rule.name}`} checked={rule.enabled} disabled={busy} onChange={enable} />
      </td>
      <td className={classes['name']} data-wraps="true">
        <Link to="/rules/$slug" params={{ slug }}>
          {visibleText(rule.name)}
        </Link>{' '}
        {rule.origin === 'shipped' ? null : <Tag tone="accent">{ORIGIN_WORDS[rule.origin]}</Tag>}{' '}
        {rule.deprecated ? (
          <Tag tone="medium" title={rule.deprecated.reason}>
            deprecated {rule.deprecated.date}
          </Tag>
        ) : null}{' '}
        {rule.enabled && rule.lacking.length > 0 ? (
          <Tag tone="accent" title={`The stored events do not have ${rule.lacking.join(', ')} yet`}>
            waits for fields
          </Tag>
        ) : null}{' '}
        {rule.change ? (
          <Tag tone={rule.change === 'waiting' ? 'accent' : 'medium'}>
            {rule.change === 'waiting' ? 'a change waits' : 'a change was not saved'}
          </Tag>
        ) : null}{' '}
        {rule.problem ? (
          <Tag tone="critical" title={rule.problem}>
            cannot run here
          </Tag>
        ) : null}
      </td>
      <td>
        <SeverityMark severity={rule.severity} />
      </td>
      <td className="num">
        <Link to="/alerts" search={{ rule: [slug] }}>
          {formatCount(rule.openAlerts)}
        </Link>
      </td>
      <td className="num">
        <Link to="/alerts" search={{ rule: [slug], status: 'all' }}>
          {formatCount(rule.alerts)}
        </Link>
      </td>
      <td
        className="num"
        title={`Right in ${precision.right} of ${plural(precision.judged, 'verdict')}; a rate from ${SMALLEST_SAMPLE} on`}
      >
        {precisionText(precision) || <span className="dim">–</span>}
      </td>
      <td>{TYPE_WORDS[rule.type]}</td>
      <td>
        every {formatSpan(rule.interval)}, last {formatSpan(rule.window)}
      </td>
      <td>
        {rule.lastRun ? (
          <>
            {rule.lastRun.status === 'failed' ? <Tag tone="critical">failed</Tag> : null}{' '}
            <TimeText iso={rule.lastRun.startedAt} relative />
          </>
        ) : (
          <span className="dim">never</span>
        )}
      </td>
    </tr>
  );
}
