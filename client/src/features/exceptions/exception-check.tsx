import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import type { AnswerOf } from '#client/api/call.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { formatCount, plural } from '#client/format/number.ts';
import { VERDICT_WORDS } from '#client/format/words.ts';
import { Failure, Notice, SkeletonRows } from '#client/ui/states.tsx';
import { verdictSchema } from '#shared/alert/alert.ts';
import { checkException } from '#shared/api/exceptions.ts';
import { exceptionDraftSchema } from '#shared/exceptions/item.ts';
import classes from './exceptions.module.css';

type Check = AnswerOf<typeof checkException>;

/** What a draft would do to everything stored, before anything is saved. */
export function ExceptionCheck({
  draftText,
  replaces,
}: {
  readonly draftText: string | null;
  /** Id of the exception that is being changed. */
  readonly replaces: string | undefined;
}) {
  const draft = draftText === null ? null : exceptionDraftSchema.parse(JSON.parse(draftText));
  if (draft === null) return <p className="dim">Its effect shows here once the conditions are complete.</p>;
  return <Effect draft={{ ...draft, replaces }} />;
}

function Effect({ draft }: { readonly draft: z.output<typeof checkException.body> }) {
  const query = useEndpoint(checkException, { body: draft }, { keepPrevious: true });
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={2} />;
  return <Report check={query.data} stale={query.isPlaceholderData} />;
}

function Report({ check, stale }: { readonly check: Check; readonly stale: boolean }) {
  const errors = check.diagnostics.some(({ severity }) => severity === 'error');
  return (
    <section className={classes['check']} aria-label="Effect on stored events" aria-busy={stale}>
      {check.diagnostics.map(({ code, severity, message, remedy }) => (
        <Notice
          key={`${code} ${message}`}
          tone={severity === 'error' ? 'critical' : 'medium'}
          title={visibleText(message)}
        >
          {remedy ? visibleText(remedy) : null}
        </Notice>
      ))}
      {check.removedTruePositives > 0 ? (
        <Notice tone="critical" title={`It would have hidden ${plural(check.removedTruePositives, 'true positive')}`}>
          Analysts closed {check.removedTruePositives === 1 ? 'this alert' : 'these alerts'} as malicious. Make the
          conditions narrower.
        </Notice>
      ) : null}
      {errors ? null : (
        <>
          <dl className={classes['numbers']}>
            <Figure name="alerts removed" value={check.removed} />
            <Figure name="kept" value={check.kept} />
            <Figure name="newly created" value={check.created} warn={check.created > 0} />
            {check.matchedEvents === null ? null : <Figure name="events it holds for" value={check.matchedEvents} />}
          </dl>
          <Examples title="Removed" rows={check.removedExamples} />
          <Examples title="Newly created" rows={check.createdExamples} />
        </>
      )}
    </section>
  );
}

function Figure({ name, value, warn }: { readonly name: string; readonly value: number; readonly warn?: boolean }) {
  return (
    <div data-warn={warn}>
      <dt>{name}</dt>
      <dd>{formatCount(value)}</dd>
    </div>
  );
}

function Examples({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly { readonly id: string; readonly label: string; readonly verdict?: string | null }[];
}) {
  if (rows.length === 0) return null;
  return (
    <details className={classes['examples']}>
      <summary>
        {title}: {plural(rows.length, 'example')}
      </summary>
      <ul>
        {rows.map(({ id, label, verdict }) => {
          const known = verdictSchema.safeParse(verdict);
          return (
            <li key={id}>
              <Link to="/alerts/$id" params={{ id }}>
                {visibleText(label)}
              </Link>
              {known.success ? <span className="dim"> {VERDICT_WORDS[known.data]}</span> : null}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
