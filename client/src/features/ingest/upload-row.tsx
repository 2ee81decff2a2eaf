import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { compactCount, formatBytes } from '#client/format/number.ts';
import { between, formatSpan } from '#client/format/time.ts';
import { Button } from '#client/ui/button.tsx';
import { Tag, type Tone } from '#client/ui/marks.tsx';
import rows from '#client/ui/rows.module.css';
import { ProgressBar } from '#client/ui/states.tsx';
import { TextButton } from '#client/ui/text-button.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { showProblem } from '#client/ui/toast.tsx';
import { cancelUpload, type Upload } from '#shared/api/uploads.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import classes from './ingest.module.css';
import { Rejects } from './rejects.tsx';

const STATUS: Readonly<Record<Upload['status'], { readonly words: string; readonly tone: Tone }>> = {
  receiving: { words: 'receiving', tone: 'accent' },
  loading: { words: 'loading', tone: 'accent' },
  evaluating: { words: 'running the rules', tone: 'accent' },
  done: { words: 'done', tone: 'good' },
  cancelled: { words: 'cancelled', tone: 'plain' },
  failed: { words: 'failed', tone: 'critical' },
};

/** Files are loaded one at a time: one that has come and has no progress yet waits for those before it. */
const stateOf = ({ status, progress }: Upload) =>
  status === 'loading' && progress === null ? { ...STATUS.loading, words: 'waiting for its turn' } : STATUS[status];

/** One upload: its progress while it runs, its report when it has ended. */
export function UploadRow({ upload }: { readonly upload: Upload }) {
  const cancel = useChange(cancelUpload, ['uploads']);
  const [rejects, setRejects] = useState(false);
  const running = upload.finishedAt === null;
  const { words, tone } = stateOf(upload);
  return (
    <li className={rows['row']}>
      <div className={rows['head']}>
        <b>{visibleText(upload.name)}</b>
        <Tag tone={tone}>{words}</Tag>
        <span className="dim">
          <TimeText iso={upload.startedAt} />
        </span>
        {running && upload.status !== 'evaluating' ? (
          <Button
            busy={cancel.isPending}
            onClick={() => cancel.mutate({ params: { id: upload.id } }, { onError: showProblem })}
          >
            Cancel
          </Button>
        ) : null}
      </div>
      {running ? <ProgressBar label={`${upload.name}: ${words}`} share={upload.progress} /> : null}
      {upload.error === null ? null : <p className={classes['error']}>{visibleText(upload.error)}</p>}
      <p className={rows['figures']}>
        <span>
          {formatBytes(upload.bytesReceived)}
          {running && upload.bytesExpected !== null ? ` of ${formatBytes(upload.bytesExpected)}` : ''}
        </span>
        {running && upload.events === 0 ? null : <span>{plural(upload.events, 'event')}</span>}
        {upload.eventsPerSecond === null ? null : (
          <span>{compactCount(Math.round(upload.eventsPerSecond))} events/s</span>
        )}
        {upload.duplicates > 0 ? <span>{formatCount(upload.duplicates)} already known</span> : null}
        {upload.rejected > 0 ? (
          <TextButton expanded={rejects} onClick={() => setRejects(!rejects)}>
            {plural(upload.rejected, 'line')} rejected
          </TextButton>
        ) : null}
        {upload.window ? (
          <span>
            <TimeText iso={upload.window.from} /> – <TimeText iso={upload.window.to} /> (
            {formatSpan(between(upload.window.from, upload.window.to) ?? 0)})
          </span>
        ) : null}
        {upload.alertsRaised === null ? null : <Link to="/alerts">{plural(upload.alertsRaised, 'alert')} raised</Link>}
      </p>
      {upload.notes.map((note) => (
        <p key={note} className="dim">
          {visibleText(note)}
        </p>
      ))}
      {rejects ? <Rejects id={upload.id} /> : null}
    </li>
  );
}
