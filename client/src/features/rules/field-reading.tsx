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
type Waiting = Reading['waiting'];

/** Names that are told; of more only how many. */
const MOST_NAMES = 6;

const listOf = (names: readonly string[]): string =>
  names.length > MOST_NAMES
    ? `${listOf(names.slice(0, MOST_NAMES - 1))} and ${names.length - MOST_NAMES + 1} more`
    : visibleText(names.join(', '));
const isWaitedFor = ({ rules, changes }: Waiting): boolean => rules.length + changes.length > 0;

const quoted = (rules: readonly { readonly name: string }[]): string => listOf(rules.map(({ name }) => `“${name}”`));
const changesOf = (changes: Waiting['changes']): string =>
  listOf(changes.map(({ name, actor }) => `the change of “${name}” by ${actor}`));
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)} `;
const isAre = ({ length }: readonly unknown[]): string => (length === 1 ? 'is' : 'are');
const wasWere = ({ length }: readonly unknown[]): string => (length === 1 ? 'was' : 'were');

/** How far the reading of fields is that stored events lack, and how it ended; nothing where there is no such news. */
export function FieldReading({
  rule,
  onRead,
}: {
  /** Only what concerns this one. */
  readonly rule?: string;
  /** What was asked before can be asked again; also asked for by whoever has cancelled, and wants it after all. */
  readonly onRead?: () => void;
}) {
  const { data } = useEndpoint(getFieldReading, {});
  const now = useNow();
  const read = data && !data.current && data.last?.status === 'done' ? data.last.finishedAt : null;
  const latest = useRef(onRead);
  useLayoutEffect(() => {
    latest.current = onRead;
  });
  useEffect(() => {
    if (read !== null) latest.current?.();
  }, [read]);
  if (!data) return null;
  const { current, waiting, last } = data;
  const concerns = ({ rules, changes }: Waiting): boolean =>
    rule === undefined || [...rules, ...changes].some(({ slug }) => slug === rule);
  if (current) return concerns(waiting) ? <Underway current={current} waiting={waiting} /> : null;
  if (!last || !concerns(last.waiting)) return null;
  const isNews = now - (parseInstant(last.finishedAt) ?? 0) < NEWS_MS;
  return isNews || (last.status === 'failed' && isWaitedFor(waiting)) ? (
    <Outcome last={last} waiting={waiting} onRetry={onRead} />
  ) : null;
}

function Underway({ current, waiting }: { readonly current: Current; readonly waiting: Waiting }) {
  const { fields, progress } = current;
  const { rules, changes } = waiting;
  const share = progress === null ? 'putting it in place' : `${Math.floor(progress * 100)} % of the records`;
  return (
    <Notice
      title={`Reading ${listOf(fields)} from stored records`}
      action={progress === null ? undefined : <Cancel waiting={waiting} />}
    >
      <div className={classes['reading']}>
        <ProgressBar label={`Reading ${listOf(fields)}`} share={progress} />
        <span>{share}</span>
      </div>
      {rules.length > 0 ? `${quoted(rules)} ${isAre(rules)} effective as soon as this is done. ` : null}
      {changes.length > 0 ? sentence(`${changesOf(changes)} ${isAre(changes)} saved as soon as this is done.`) : null}
      {isWaitedFor(waiting) ? null : 'The events do not have it yet. Rules go on as they are meanwhile.'}
    </Notice>
  );
}

/** Gives up what waits, and says in the button what that is. */
function Cancel({ waiting: { rules, changes } }: { readonly waiting: Waiting }) {
  const cancel = useChange(cancelFieldReading, ['fields', 'rules']);
  const consequences = [
    ...(rules.length > 0 ? [`switch the ${rules.length === 1 ? 'rule' : 'rules'} off`] : []),
    ...(changes.length > 0 ? [`drop the ${changes.length === 1 ? 'change' : 'changes'}`] : []),
  ];
  return (
    <Button busy={cancel.isPending} onClick={() => cancel.mutate({}, { onError: showProblem })}>
      {consequences.length === 0 ? 'Cancel' : `Cancel, and ${consequences.join(' and ')}`}
    </Button>
  );
}

function Outcome({
  last,
  waiting,
  onRetry,
}: {
  readonly last: Ended;
  /** What waits all the same. */
  readonly waiting: Waiting;
  readonly onRetry: (() => void) | undefined;
}) {
  const start = useChange(startFieldReading, ['fields', 'rules']);
  const { status, fields, without, error } = last;
  const { rules, changes } = last.waiting;
  const them = rules.length === 1 ? 'it' : 'them';
  switch (status) {
    case 'done':
      return (
        <Notice tone="good" title={`${listOf(fields)}: read from stored records`}>
          {rules.length > 0 ? `${quoted(rules)} ${isAre(rules)} effective from now on. ` : null}
          {changes.length > 0 ? sentence(`${changesOf(changes)} ${isAre(changes)} saved.`) : null}
          {rules.length > 0 ? `Replay all data to see what ${them} would have found before. ` : null}
          {without > 0 ? `${plural(without, 'event')} go without: their records are not kept.` : null}
        </Notice>
      );
    case 'cancelled':
      return (
        <Notice
          tone="medium"
          title={`${listOf(fields)}: the reading was cancelled`}
          action={
            onRetry && !isWaitedFor(last.waiting) ? <Button onClick={onRetry}>Read it after all</Button> : undefined
          }
        >
          {rules.length > 0
            ? `${quoted(rules)} ${wasWere(rules)} switched off. Switch ${them} on to begin it again. `
            : null}
          {changes.length > 0 ? sentence(`${changesOf(changes)} ${wasWere(changes)} not saved.`) : null}
          {isWaitedFor(last.waiting) ? null : 'It is read when a rule asks for it.'}
        </Notice>
      );
    case 'failed':
      return (
        <Notice
          tone="critical"
          title={`${listOf(fields)} could not be read from stored records`}
          action={
            <>
              {isWaitedFor(waiting) ? <Cancel waiting={waiting} /> : null}
              <Button
                busy={start.isPending}
                onClick={() => start.mutate({}, { onError: showProblem, onSuccess: () => onRetry?.() })}
              >
                Try again
              </Button>
            </>
          }
        >
          {visibleText(error ?? '')} {rules.length > 0 ? `${quoted(rules)} cannot run before. ` : null}
          {changes.length > 0 ? sentence(`${changesOf(changes)} ${changes.length === 1 ? 'waits' : 'wait'} on.`) : null}
        </Notice>
      );
  }
}
