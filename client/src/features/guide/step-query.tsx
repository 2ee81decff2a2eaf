import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callEndpoint } from '#client/api/call.ts';
import { Button } from '#client/ui/button.tsx';
import { QueryText } from '#client/ui/editor/query-text.tsx';
import { IconPlayerPlay } from '#client/ui/icons.ts';
import { Failure, SkeletonRows } from '#client/ui/states.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { runGuideQuery } from '#shared/api/guide.ts';
import { plural } from '#shared/base/counts.ts';
import classes from './guide.module.css';
import { QueryRows } from './query-rows.tsx';
import type { StepDraft } from './step-draft.ts';

/** What is asked, with the alert's values in it, and of which time. */
export interface Question {
  readonly kql: string;
  readonly from: string;
  readonly to: string;
}

/** The step's question to the data: what it asks, how to read the answer, the rows. */
export function StepQuery({
  alertId,
  step,
  reading,
  question,
  pinned,
  onPin,
}: {
  readonly alertId: string;
  readonly step: string;
  readonly reading: string;
  readonly question: Question;
  readonly pinned: readonly string[];
  readonly onPin: (evidence: StepDraft['evidence'][number]) => void;
}) {
  const run = useMutation({
    mutationFn: () => callEndpoint(runGuideQuery, { params: { id: alertId, step } }),
  });
  return (
    <section className={classes['query']}>
      <header>
        <Button icon={IconPlayerPlay} busy={run.isPending} onClick={() => run.mutate()}>
          {run.data ? 'Run again' : 'Run the query'}
        </Button>
        <span className="dim">
          <TimeText iso={question.from} /> – <TimeText iso={question.to} />
        </span>
        {run.data ? <b role="status">{run.data.total === 0 ? 'No rows' : plural(run.data.total, 'row')}</b> : null}
      </header>
      <p className="dim">{reading}</p>
      <details>
        <summary>The query</summary>
        <p>
          <code>
            <QueryText language="kql" text={question.kql} />
          </code>
        </p>
        <p>
          <Link to="/events" search={{ kql: question.kql, from: question.from, to: question.to }}>
            Open in events
          </Link>
        </p>
      </details>
      {run.isPending ? <SkeletonRows rows={3} /> : null}
      {run.isError ? <Failure error={run.error} retry={() => run.mutate()} /> : null}
      {run.data && run.data.total > 0 && !run.isPending ? (
        <QueryRows events={run.data.events} columns={run.data.columns} pinned={pinned} onPin={onPin} />
      ) : null}
    </section>
  );
}
