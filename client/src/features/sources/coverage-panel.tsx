import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { formatShare } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { Segmented } from '#client/ui/fields/segmented.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import rows from '#client/ui/rows.module.css';
import { TimeText } from '#client/ui/time-text.tsx';
import { type Coverage, getCoverage } from '#shared/api/sources.ts';
import { plural } from '#shared/base/counts.ts';
import { DAY, formatInstant, HOUR, MINUTE } from '#shared/base/time.ts';
import classes from './sources.module.css';
import { type Merger, SplitOffer } from './split-offer.tsx';

const RANGES = [
  { value: 'hour', label: 'Last hour', length: HOUR },
  { value: 'day', label: '24 hours', length: DAY },
  { value: 'week', label: '7 days', length: 7 * DAY },
  { value: 'all', label: 'All stored', length: null },
] as const;
type Range = (typeof RANGES)[number]['value'];

/** Ranges begin at a whole minute, so that a page drawn again asks the same. */
const wholeMinute = (): number => Math.floor(Date.now() / MINUTE) * MINUTE;

/** What rules cannot judge of what is stored, by source. */
export function CoveragePanel({ mergers }: { readonly mergers: readonly Merger[] }) {
  const [range, setRange] = useState<Range>('all');
  const [asked, setAsked] = useState(wholeMinute);
  const length = RANGES.find(({ value }) => value === range)?.length ?? null;
  const query = length === null ? {} : { from: formatInstant(asked - length) };
  const coverage = useEndpoint(getCoverage, { query }, { keepPrevious: true, calm: true });
  return (
    <div className={classes['stack']}>
      <div className={rows['head']}>
        <Segmented
          label="Events of"
          value={range}
          options={RANGES}
          onChange={(next) => {
            setAsked(wholeMinute());
            setRange(next);
          }}
        />
        <span className="dim">
          {coverage.data ? (
            <>
              as of <TimeText iso={formatInstant(coverage.dataUpdatedAt)} />
            </>
          ) : null}
        </span>
        <Button busy={coverage.isFetching} onClick={() => void coverage.refetch()}>
          Look again
        </Button>
      </div>
      <QueryView query={coverage} rows={4}>
        {({ all, sources }) =>
          all.starts === 0 ? (
            <p className="dim">No process starts in this range, so there is nothing that a rule could miss.</p>
          ) : (
            <>
              <Section of={all} title="Everything">
                {all.gaps.some(isMerged) && mergers.length > 0 ? <SplitOffer mergers={mergers} /> : null}
              </Section>
              {sources.length > 1
                ? sources.map((source) => (
                    <Section
                      key={source.source ?? ''}
                      of={source}
                      title={visibleText(source.source ?? 'Events that name no source')}
                    />
                  ))
                : null}
            </>
          )
        }
      </QueryView>
    </div>
  );
}

/** A gap that merged documents leave. */
const isMerged = ({ reason, unjudged }: Coverage['gaps'][number]): boolean =>
  unjudged > 0 && /^event\.(?:action|type) has several values$/.test(reason);

function Section({
  of: { starts, gaps },
  title,
  children,
}: {
  readonly of: Coverage;
  readonly title: string;
  readonly children?: ReactNode;
}) {
  const blind = gaps.filter(({ unjudged }) => unjudged > 0);
  const rest = gaps.filter(({ unjudged }) => unjudged === 0);
  return (
    <section className={classes['stack']} aria-label={`Coverage: ${title}`}>
      <p>
        <b>{title}</b> <span className="dim">{plural(starts, 'process start')}</span>
      </p>
      {blind.length === 0 ? (
        <p>Every event that concerns an enabled rule could be judged.</p>
      ) : (
        <ul className={classes['gaps']}>
          {blind.map((gap) => (
            <li key={`${gap.rule} ${gap.reason}`}>
              <Gap gap={gap} starts={starts} />
            </li>
          ))}
        </ul>
      )}
      {children}
      {rest.length > 0 ? (
        <details className={classes['fold']}>
          <summary>{plural(rest.length, 'more gap')} that no rule has met so far</summary>
          <ul className={classes['gaps']}>
            {rest.map((gap) => (
              <li key={`${gap.rule} ${gap.reason}`} className="dim">
                {gap.reason} in {formatShare(gap.starts / Math.max(1, starts))} of starts: {visibleText(gap.ruleName)}{' '}
                needs it
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function Gap({ gap, starts }: { readonly gap: Coverage['gaps'][number]; readonly starts: number }) {
  const share = starts === 0 ? 0 : gap.starts / starts;
  return (
    <>
      <b>
        {gap.reason} in {formatShare(share)} of starts
      </b>
      :{' '}
      <Link to="/rules/$slug" params={{ slug: gap.rule }}>
        {visibleText(gap.ruleName)}
      </Link>{' '}
      cannot judge {plural(gap.unjudged, 'event')} for that.
    </>
  );
}
