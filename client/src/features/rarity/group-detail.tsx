import { Link } from '@tanstack/react-router';
import { cellText } from '#client/format/cell.ts';
import { CopyButton } from '#client/ui/copy-button.tsx';
import { Facts } from '#client/ui/facts.tsx';
import { keyFacts } from '#client/ui/key-facts.tsx';
import { Absent, Hostile } from '#client/ui/text.tsx';
import type { Range } from '#client/ui/time-range.tsx';
import type { ExceptionEntry } from '#shared/exceptions/item.ts';
import { kqlLiteral } from '#shared/lang/kql/literal.ts';
import type { RarityGroup } from '#shared/rarity/rarity.ts';
import classes from './rarity.module.css';

/** One group in full, and where to go from it. */
export function GroupDetail({
  group,
  rule,
  range,
}: {
  readonly group: RarityGroup;
  readonly rule: string;
  /** The time that was counted; open at an end where that is not chosen. */
  readonly range: Range;
}) {
  const values = Object.entries(group.keys).flatMap(([field, cell]) => {
    const text = Array.isArray(cell) ? null : cellText(cell);
    return text === null ? [] : [{ field, text }];
  });
  const entries: ExceptionEntry[] = values
    .filter(({ text }) => text !== '')
    .map(({ field, text }) => ({ type: 'match', field, operator: 'included', value: text }));
  const kql = values.map(({ field, text }) => `${field}: ${kqlLiteral(text)}`).join(' and ');
  return (
    <aside className={classes['detail']} aria-label="Group">
      <Facts
        facts={[
          ...keyFacts(group.keys),
          {
            name: 'Command shape',
            value: group.shape ? (
              <code>
                <Hostile text={group.shape} />
              </code>
            ) : (
              <Absent />
            ),
          },
        ]}
      />
      <p className={classes['links']}>
        <Link to="/events" search={{ kql, ...range }}>
          Its events
        </Link>
        <Link to="/alerts" search={{ text: values[0]?.text.slice(0, 500) ?? '', status: 'all' }}>
          Alerts with it
        </Link>
        <Link to="/exceptions" search={{ edit: 'new', entries: JSON.stringify(entries), rule }}>
          Make this an exception
        </Link>
        <Link to="/rules/$slug" params={{ slug: rule }}>
          The rule
        </Link>
        <CopyButton withWords label="Copy as KQL" text={kql} />
      </p>
    </aside>
  );
}
