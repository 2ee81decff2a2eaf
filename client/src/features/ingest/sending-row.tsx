import { formatBytes, formatShare } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import rows from '#client/ui/rows.module.css';
import { ProgressBar } from '#client/ui/states.tsx';
import type { Sending } from './use-sending.ts';

export function SendingRow({ sending, onCancel }: { readonly sending: Sending; readonly onCancel: () => void }) {
  const { name, sent, total, bytesPerSecond, problem } = sending;
  const share = total === 0 ? null : sent / total;
  return (
    <li className={rows['row']}>
      <div className={rows['head']}>
        <b>{name}</b>
        <span className="dim">
          {problem
            ? problem.message
            : `sending, ${formatBytes(sent)} of ${formatBytes(total)} (${formatShare(share ?? 0)}), ${formatBytes(bytesPerSecond)}/s`}
        </span>
        <Button onClick={onCancel}>{problem ? 'Dismiss' : 'Cancel'}</Button>
      </div>
      <ProgressBar label={`Sending ${name}`} share={problem ? 1 : share} tone={problem ? 'critical' : 'accent'} />
      {problem?.remedy ? <p className="dim">{problem.remedy}</p> : null}
    </li>
  );
}
