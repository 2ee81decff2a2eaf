import rows from '#client/ui/rows.module.css';
import { TimeText } from '#client/ui/time-text.tsx';
import type { UploadedSource } from '#shared/api/sources.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import classes from './sources.module.css';
import { mayMerge } from './split-offer.tsx';
import { SplitSwitch } from './split-switch.tsx';

export function UploadedList({ uploaded }: { readonly uploaded: readonly UploadedSource[] }) {
  return (
    <ul className={rows['list']}>
      {uploaded.map(({ id, title, files, events, duplicates, rejected, lastUpload, splitMerged }) => (
        <li key={id} className={rows['row']} aria-label={title}>
          <div className={rows['head']}>
            <b>{title}</b>
            <span className="dim">
              {plural(files, 'file')}, the last one <TimeText iso={lastUpload} relative />
            </span>
          </div>
          <p className={rows['figures']}>
            <span>
              <b>{formatCount(events)}</b> stored
            </span>
            <span>{plural(duplicates, 'duplicate')}</span>
            <span>
              {rejected > 0 ? `${formatCount(rejected)} rejected: see the upload on the Data page` : 'none rejected'}
            </span>
          </p>
          {mayMerge(id) ? (
            <details className={classes['fold']}>
              <summary>Merged documents: {splitMerged ? 'split' : 'stored as they come'}</summary>
              <SplitSwitch id={id} name={`uploads of ${title}`} on={splitMerged} />
            </details>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
