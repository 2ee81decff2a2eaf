import { useState } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import { IconChevronDown, IconChevronRight } from '#client/ui/icons.ts';
import { Hostile } from '#client/ui/text.tsx';
import { plural } from '#shared/base/counts.ts';
import type { ExplainedClause } from '#shared/evaluate/explained-clause.ts';
import { isWorthOpening, splitClause } from './clause.ts';
import classes from './clause-tree.module.css';

const OUTCOMES = { pass: '✓ holds', fail: '✗ does not hold', null: '? unknown' } as const;
const OPERATORS = { and: 'all of', or: 'any of', not: 'not', leaf: '' } as const;

export function OutcomeMark({ outcome }: { readonly outcome: ExplainedClause['outcome'] }) {
  const [sign, ...words] = OUTCOMES[outcome].split(' ');
  return (
    <span className={classes['outcome']} data-outcome={outcome} title={words.join(' ')}>
      <span aria-hidden="true">{sign}</span>
      <span className="visually-hidden">{words.join(' ')}</span>
    </span>
  );
}

/** How a rule's author broke its lines is of no use here. */
const onOneLine = (text: string): string =>
  visibleText(
    text
      .replace(/\(\s*\n\s*/g, '(')
      .replace(/\s*\n\s*\)/g, ')')
      .replace(/\s*\n\s*/g, ' '),
  );

/** A rule's filter as nested clauses, each with its outcome and the values it saw. Branches that decided are open. */
export function ClauseTree({ root }: { readonly root: ExplainedClause }) {
  return (
    <ul className={classes['tree']}>
      <Clause clause={root} decisive />
    </ul>
  );
}

function Clause({ clause, decisive }: { readonly clause: ExplainedClause; readonly decisive: boolean }) {
  const [open, setOpen] = useState(decisive);
  const [all, setAll] = useState(false);
  if (clause.operator === 'leaf') return <Leaf clause={clause} />;
  const { telling, idle } = splitClause(clause);
  return (
    <li>
      <button type="button" className={classes['branch']} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <IconChevronDown size={13} /> : <IconChevronRight size={13} />}
        <OutcomeMark outcome={clause.outcome} />
        <b>{OPERATORS[clause.operator]}</b>
        {open ? null : (
          <code className={classes['preview']}>
            {onOneLine(clause.operator === 'not' ? (clause.children[0]?.text ?? '') : clause.text)}
          </code>
        )}
      </button>
      {open ? (
        <ul className={classes['children']}>
          {(all ? clause.children : telling).map((child, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: clauses stand in the rule's order
            <Clause key={index} clause={child} decisive={isWorthOpening(clause, child)} />
          ))}
          {idle.length > 0 ? (
            <li>
              <button type="button" className={classes['more']} onClick={() => setAll(!all)}>
                {all ? 'Hide' : 'Show'} {plural(idle.length, 'alternative')} that {idle.length === 1 ? 'does' : 'do'}{' '}
                not hold
              </button>
            </li>
          ) : null}
        </ul>
      ) : null}
    </li>
  );
}

function Leaf({ clause }: { readonly clause: ExplainedClause }) {
  return (
    <li className={classes['leaf']} data-outcome={clause.outcome}>
      <OutcomeMark outcome={clause.outcome} />
      <div>
        <code className={classes['text']}>{onOneLine(clause.text)}</code>
        <span className={classes['saw']}>
          {clause.saw.length === 0 ? (
            'absent'
          ) : (
            <>
              saw{' '}
              {clause.saw.map((value, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: values stand in their field's order
                <code key={index}>
                  <Hostile text={value} />
                </code>
              ))}
            </>
          )}
        </span>
      </div>
    </li>
  );
}
