import { visibleText } from '#client/format/hostile.ts';
import { formatSpan } from '#client/format/time.ts';
import { type DataColumn, DataTable } from '#client/ui/data-table.tsx';
import { Tag } from '#client/ui/marks.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { RuleRun } from '#shared/api/rules.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import classes from './rules.module.css';

const COLUMNS: readonly DataColumn[] = [
  { name: 'Started' },
  { name: 'Kind' },
  { name: 'Took', number: true },
  { name: 'Events', number: true },
  { name: 'Matched', number: true },
  { name: 'Raised', number: true },
  { name: 'Again', number: true },
  { name: 'Cut', number: true },
  { name: 'Remarks' },
];

/** What each run saw and could not see. A failed run is never "no alerts". */
export function RunLog({ runs }: { readonly runs: readonly RuleRun[] }) {
  if (runs.length === 0) return <p className={classes['none']}>Not run yet: it runs after events are loaded.</p>;
  return (
    <DataTable label="Run log" columns={COLUMNS} height={340}>
      {runs.map((run) => (
        <tr key={run.id}>
          <td>
            <TimeText iso={run.startedAt} />
          </td>
          <td>{run.status === 'failed' ? <Tag tone="critical">failed</Tag> : run.kind}</td>
          <td className="num">{formatSpan(run.durationMs)}</td>
          <td className="num">{run.eventsScanned === null ? '' : formatCount(run.eventsScanned)}</td>
          <td className="num">{formatCount(run.eventsMatched)}</td>
          <td className="num">{formatCount(run.alertsRaised)}</td>
          <td className="num">{formatCount(run.alertsRecurred)}</td>
          <td className="num">{run.cut > 0 ? <b>{formatCount(run.cut)}</b> : 0}</td>
          <td data-wraps="true">
            <Remarks run={run} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function Remarks({ run }: { readonly run: RuleRun }) {
  const remarks = [
    ...(run.error === null ? [] : [run.error]),
    ...(run.cut > 0 ? [`${plural(run.cut, 'row')} beyond the limit left out, the rarest kept`] : []),
    ...run.skipped.map(({ reason, events }) => `${plural(events, 'event')} not judged: ${reason}`),
    ...run.warnings,
  ];
  if (remarks.length === 0) return <span className="dim">none</span>;
  return (
    <>
      {remarks.map((remark) => (
        <div key={remark}>{visibleText(remark)}</div>
      ))}
      {run.cutRows.length > 0 ? (
        <details>
          <summary>What was left out{run.cut > run.cutRows.length ? `, the first ${run.cutRows.length}` : ''}</summary>
          {run.cutRows.map(({ at, keys, events }) => (
            <div key={`${at} ${JSON.stringify(keys)}`}>
              {plural(events, 'event')}: {visibleText(Object.values(keys).join(' · '))}
            </div>
          ))}
        </details>
      ) : null}
    </>
  );
}
