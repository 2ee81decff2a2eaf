import { visibleText } from '#client/format/hostile.ts';
import { VERDICT_WORDS } from '#client/format/words.ts';
import { IconChevronDown, IconChevronRight } from '#client/ui/icons.ts';
import { Absent, Hostile } from '#client/ui/text.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { verdictSchema } from '#shared/alert/alert.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import { FIELD_WORDS } from './field-words.ts';
import classes from './group-row.module.css';
import type { GroupRow } from './queue-row.ts';

/** A group of alerts on one line: what they share, how many, how they were decided, when. */
export function GroupRowView({
  row,
  name,
  onFold,
}: {
  readonly row: GroupRow;
  /** What its alerts share, in words; null: that they have none. */
  readonly name: string | null;
  readonly onFold: () => void;
}) {
  const { group, field, level, unfolded } = row;
  const Chevron = unfolded ? IconChevronDown : IconChevronRight;
  return (
    <span className={classes['row']} data-level={level}>
      <button
        type="button"
        tabIndex={-1}
        className={classes['fold']}
        aria-label={`${unfolded ? 'Fold' : 'Unfold'} ${FIELD_WORDS[field].toLowerCase()} ${visibleText(name ?? 'none').slice(0, 80)}`}
        onClick={(event) => {
          event.stopPropagation();
          onFold();
        }}
      >
        <Chevron size={14} />
      </button>
      <span className={classes['name']} data-mono={field !== 'rule'} title={visibleText(name ?? '')}>
        {name === null ? <Absent words={`no ${FIELD_WORDS[field].toLowerCase()}`} /> : <Hostile text={name} />}
      </span>
      <b className={classes['count']}>{formatCount(group.alerts)}</b>
      <span className={classes['facts']}>
        {group.open > 0 && group.open < group.alerts ? <span>{formatCount(group.open)} open</span> : null}
        {verdictSchema.options.map((verdict) =>
          group.verdicts[verdict] ? (
            <span key={verdict}>
              {formatCount(group.verdicts[verdict])} {VERDICT_WORDS[verdict].toLowerCase()}
            </span>
          ) : null,
        )}
        <span>{plural(group.hosts, 'host')}</span>
        <span>
          <TimeText iso={group.firstSeen} /> – <TimeText iso={group.lastSeen} />
        </span>
      </span>
    </span>
  );
}
