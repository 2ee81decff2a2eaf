import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { confirm } from '#client/ui/confirm.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import rows from '#client/ui/rows.module.css';
import { TimeText } from '#client/ui/time-text.tsx';
import { showProblem } from '#client/ui/toast.tsx';
import {
  discardFailedSegment,
  FAILED_SEGMENTS_PATH,
  type FailedSegment,
  listFailedSegments,
  retryFailedSegment,
} from '#shared/api/failed-segments.ts';
import { plural } from '#shared/base/counts.ts';
import classes from './sources.module.css';

const RENEW_MS = 10_000;

/** What could not be loaded, and what can be done about each stretch of it. */
export function SetAside() {
  const failed = useEndpoint(listFailedSegments, {}, { every: RENEW_MS });
  return (
    <QueryView query={failed} rows={2}>
      {({ failed: all }) => (
        <ul className={rows['list']} aria-label="Set aside">
          {all.map((segment) => (
            <SetAsideRow key={segment.id} of={segment} onDone={() => void failed.refetch()} />
          ))}
        </ul>
      )}
    </QueryView>
  );
}

function SetAsideRow({
  of: { id, at, problem, records },
  onDone,
}: {
  readonly of: FailedSegment;
  readonly onDone: () => void;
}) {
  const retry = useChange(retryFailedSegment, ['sources']);
  const discard = useChange(discardFailedSegment, ['sources']);
  const then = { onError: showProblem, onSuccess: onDone };
  const ask = () =>
    confirm({
      title: `Let ${plural(records, 'record')} go?`,
      text: 'They are in no store and in no other file here: what is discarded is gone. Download them first if in doubt.',
      action: 'Discard',
      onConfirm: () => discard.mutate({ params: { id } }, then),
    });
  return (
    <li className={rows['row']}>
      <p className={classes['warning']}>
        <b>{plural(records, 'record')} could not be loaded and are set aside</b>, <TimeText iso={at} />:{' '}
        {visibleText(problem)}
      </p>
      <p className="dim">They are safe on disk, and what came after them was loaded.</p>
      <div className={rows['figures']}>
        <Button busy={retry.isPending} onClick={() => retry.mutate({ params: { id } }, then)}>
          Load again
        </Button>
        <a href={`${FAILED_SEGMENTS_PATH}/${encodeURIComponent(id)}/records.ndjson`} download>
          Download
        </a>
        <Button look="danger" busy={discard.isPending} onClick={ask}>
          Discard
        </Button>
      </div>
    </li>
  );
}
