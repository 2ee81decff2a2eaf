import { useEffect, useLayoutEffect, useRef } from 'react';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice, ProgressBar } from '#client/ui/states.tsx';
import { useNow } from '#client/ui/time-text.tsx';
import { showProblem } from '#client/ui/toast.tsx';
import {
  cancelFieldReading,
  getFieldReading,
  type FieldReading as Reading,
  startFieldReading,
} from '#shared/api/field-reading.ts';
import { plural } from '#shared/base/counts.ts';
import { MINUTE, parseInstant } from '#shared/base/time.ts';
import classes from './rules.module.css';

/** So long it is told that fields were read, or not. */
const NEWS_MS = 5 * MINUTE;

type Current = NonNullable<Reading['current']>;
type Ended = NonNullable<Reading['last']>;

const listOf = (names: readonly string[]): string => visibleText(names.join(', '));
const namesOf = ({ rules }: Pick<Current, 'rules'>): string => listOf(rules.map(({ name }) => `“${name}”`));

/** How far the reading of fields is that rules ask for and stored events lack, and how it ended; nothing where there is no such news. */
export function FieldReading({
  rule,
  note,
  onRead,
}: {
  /** Only what concerns this one. */
  readonly rule?: string;
  /** What waits for it besides rules. */
  readonly note?: string;
  /** What waited for them can be asked again; also asked for by whoever has cancelled, and wants it after all. */
  readonly onRead?: () => void;
}) {
  const { data } = useEndpoint(getFieldReading, {});
  const now = useNow();
  const { current, last } = data ?? { current: null, last: null };
  const read = data && !current && last?.status === 'done' ? last.finishedAt : null;
  const latest = useRef(onRead);
  useLayoutEffect(() => {
    latest.current = onRead;
  });
  useEffect(() => {
    if (read !== null) latest.current?.();
  }, [read]);
  const concerns = (one: Pick<Current, 'rules'> | null): boolean =>
    one !== null && (rule === undefined || one.rules.some(({ slug }) => slug === rule));
  if (current) return concerns(current) ? <Underway current={current} note={note} /> : null;
  if (!last || !concerns(last)) return null;
  const isNews = now - (parseInstant(last.finishedAt) ?? 0) < NEWS_MS;
  return last.status === 'failed' || isNews ? <Outcome last={last} onRetry={onRead} /> : null;
}

function Underway({ current, note }: { readonly current: Current; readonly note: string | undefined }) {
  const cancel = useChange(cancelFieldReading, ['fields']);
  const { fields, rules, progress } = current;
  const share = progress === null ? 'putting it in place' : `${Math.floor(progress * 100)} % of the records`;
  return (
    <Notice
      title={`Reading ${listOf(fields)} from stored records`}
      action={
        progress === null ? undefined : (
          <Button busy={cancel.isPending} onClick={() => cancel.mutate({}, { onError: showProblem })}>
            {rules.length === 0 ? 'Cancel' : `Cancel, and switch ${rules.length === 1 ? 'the rule' : 'the rules'} off`}
          </Button>
        )
      }
    >
      <div className={classes['reading']}>
        <ProgressBar label={`Reading ${fields.join(', ')}`} share={progress} />
        <span>{share}</span>
      </div>
      {rules.length === 0
        ? (note ?? 'The events do not have it yet. Rules go on as they are meanwhile.')
        : `${namesOf(current)} ${rules.length === 1 ? 'is' : 'are'} saved, and effective as soon as this is done.`}
    </Notice>
  );
}

function Outcome({ last, onRetry }: { readonly last: Ended; readonly onRetry: (() => void) | undefined }) {
  const start = useChange(startFieldReading, ['fields']);
  const { status, fields, rules, without, error } = last;
  const them = rules.length === 1 ? 'it' : 'them';
  switch (status) {
    case 'done':
      return (
        <Notice tone="good" title={`${listOf(fields)}: read from stored records`}>
          {rules.length > 0 ? `${namesOf(last)} ${rules.length === 1 ? 'is' : 'are'} effective from now on. ` : null}
          {rules.length > 0 ? `Replay all data to see what ${them} would have found before. ` : null}
          {without > 0 ? `${plural(without, 'event')} go without: their records are not kept.` : null}
        </Notice>
      );
    case 'cancelled':
      return (
        <Notice
          tone="medium"
          title={`${listOf(fields)}: the reading was cancelled`}
          action={rules.length === 0 && onRetry ? <Button onClick={onRetry}>Read it after all</Button> : undefined}
        >
          {rules.length > 0
            ? `${namesOf(last)} ${rules.length === 1 ? 'was' : 'were'} switched off. Switch ${them} on to begin it again.`
            : null}
        </Notice>
      );
    case 'failed':
      return (
        <Notice
          tone="critical"
          title={`${listOf(fields)} could not be read from stored records`}
          action={
            <Button busy={start.isPending} onClick={() => start.mutate({}, { onError: showProblem })}>
              Try again
            </Button>
          }
        >
          {visibleText(error ?? '')} {rules.length > 0 ? `${namesOf(last)} cannot run before they are.` : null}
        </Notice>
      );
  }
}
