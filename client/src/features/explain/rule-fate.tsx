import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import { ClauseTree } from '#client/ui/clause-tree/clause-tree.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { IconChevronDown, IconChevronRight } from '#client/ui/icons.ts';
import { Tag, type Tone } from '#client/ui/marks.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import type { Fate, RuleExplanation } from '#shared/api/explain.ts';
import { plural } from '#shared/base/counts.ts';
import classes from './explain.module.css';

const FATES: Readonly<Record<Fate, readonly [string, Tone]>> = {
  alerts: ['alerts', 'good'],
  'no-match': ['does not match', 'plain'],
  undecided: ['cannot be decided', 'medium'],
  excepted: ['left out by an exception', 'accent'],
  'not-new': ['not new', 'accent'],
  group: ['its group does not alert', 'accent'],
  cut: ['beyond the limit', 'high'],
  reported: ['counted already', 'accent'],
  unseen: ['seen by no run', 'high'],
  'cannot-run': ['the rule cannot run', 'critical'],
};

/** Fates short of which an event came nearest are open: the others are mostly rules about something else. */
const TELLING: ReadonlySet<Fate> = new Set(['undecided', 'excepted', 'not-new', 'group', 'cut', 'reported']);

/** What became of the event under one rule, with each condition and what it saw. */
export function RuleFate({ explanation }: { readonly explanation: RuleExplanation }) {
  const [open, setOpen] = useState(TELLING.has(explanation.fate));
  const [words, tone] = FATES[explanation.fate];
  return (
    <li className={classes['fate']}>
      <p className={classes['head']}>
        <button
          type="button"
          aria-expanded={open}
          aria-label={`${open ? 'Fold' : 'Unfold'} ${explanation.name}`}
          onClick={() => setOpen(!open)}
        >
          {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        </button>
        <Tag tone={tone}>{words}</Tag>
        <Link to="/rules/$slug" params={{ slug: explanation.rule }}>
          {visibleText(explanation.name)}
        </Link>
        {explanation.at === null ? null : (
          <span className="dim">
            run at <TimeText iso={explanation.at} />
          </span>
        )}
      </p>
      <p className={classes['because']}>{visibleText(explanation.because)}</p>
      {open ? <Detail explanation={explanation} /> : null}
    </li>
  );
}

function Detail({ explanation: { clauses, group, firstSeen } }: { readonly explanation: RuleExplanation }) {
  return (
    <div className={classes['detail']}>
      {group ? (
        <section aria-label="Its group">
          <h3>{group.events > 0 ? `Its group, of ${plural(group.events, 'event')}` : 'Its terms'}</h3>
          <Facts facts={Object.entries(group.keys).map(([name, value]) => ({ name, value: visibleText(value) }))} />
          {firstSeen === null ? null : (
            <p>
              first seen <TimeText iso={firstSeen} />
            </p>
          )}
          {group.conditions.map((condition) => (
            <ClauseTree key={condition.text} root={condition} />
          ))}
        </section>
      ) : null}
      {clauses ? (
        <section aria-label="Conditions on the event">
          <h3>Conditions on the event</h3>
          <ClauseTree root={clauses} />
        </section>
      ) : null}
    </div>
  );
}
