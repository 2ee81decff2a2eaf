import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { useListKeys } from '#client/stores/shortcuts/use-list-keys.ts';
import { Segmented } from '#client/ui/fields/segmented.tsx';
import { Grid } from '#client/ui/grid/grid.tsx';
import { IconChartDots3 } from '#client/ui/icons.ts';
import { NoEvents } from '#client/ui/nothing.tsx';
import { Empty } from '#client/ui/states.tsx';
import { TextButton } from '#client/ui/text-button.tsx';
import { RARITY_RULE } from '#shared/api/rules.ts';
import { getStatus } from '#shared/api/status.ts';
import { formatCount } from '#shared/base/counts.ts';
import type { RarityGroup, RarityResult } from '#shared/rarity/rarity.ts';
import type { Thresholds } from '#shared/rarity/thresholds.ts';
import { groupColumns, groupId } from './group-columns.tsx';
import { GroupDetail } from './group-detail.tsx';
import { LongTail } from './long-tail.tsx';
import classes from './rarity.module.css';
import { RarityScatter } from './rarity-scatter.tsx';
import type { RaritySearch } from './rarity-search.ts';
import { RaritySummary } from './rarity-summary.tsx';
import { ShapeList } from './shape-list.tsx';

/** What was counted: in words, as charts with the thresholds to drag, and as lists of groups or of command shapes. */
export function RarityResultView({
  result,
  search,
  settled,
  onChange,
}: {
  readonly result: RarityResult;
  readonly search: RaritySearch;
  readonly settled: Thresholds;
  readonly onChange: (change: Partial<RaritySearch>) => void;
}) {
  const [cursor, setCursor] = useState(-1);
  /** Where the lines are while they are dragged: counted here, asked for when they rest. */
  const [moving, setMoving] = useState<Thresholds | null>(null);
  const thresholds = moving ?? settled;
  const { groups } = result;
  const rule = search.rule ?? RARITY_RULE;
  const chosen = groups[cursor];
  useListKeys('group', { move: (by) => setCursor(Math.max(0, Math.min(groups.length - 1, cursor + by))) });
  if (result.totalGroups === 0) {
    return <NothingToCount text={search.text} />;
  }
  return (
    <>
      <RaritySummary result={result} thresholds={thresholds} onOutside={() => onChange({ sort: 'outside' })}>
        {result.ruleThresholds && isOther(thresholds, result.ruleThresholds) ? (
          <>
            {' '}
            <Link to="/rules/$slug/edit" params={{ slug: rule }} search={thresholds}>
              Preview the rule with these thresholds
            </Link>{' '}
            <TextButton onClick={() => onChange({ count: undefined, agents: undefined })}>
              Back to the rule’s own
            </TextButton>
          </>
        ) : null}
      </RaritySummary>
      <div className={classes['charts']}>
        <section className={classes['chart']}>
          <h2>Groups by events and hosts</h2>
          <RarityScatter
            result={result}
            thresholds={thresholds}
            onMove={setMoving}
            onSettle={({ count, agents }) => {
              setMoving(null);
              onChange({ count, agents });
            }}
          />
        </section>
        <section className={classes['chart']}>
          <h2>Long tail: groups by events</h2>
          <LongTail result={result} thresholds={thresholds} />
        </section>
      </div>
      {result.shapes.length > 0 ? (
        <div className={classes['views']}>
          <Segmented
            label="What is listed"
            value={search.view}
            options={[
              { value: 'groups', label: 'Groups' },
              { value: 'shapes', label: `Command shapes (${formatCount(result.shapes.length)})` },
            ]}
            onChange={(view) => onChange({ view })}
          />
        </div>
      ) : null}
      <div className={classes['groups']}>
        {search.view === 'shapes' && result.shapes.length > 0 ? (
          <ShapeList shapes={result.shapes} onText={(text) => onChange({ text, view: 'groups' })} />
        ) : (
          <Grid<RarityGroup>
            label="Groups"
            columns={groupColumns(groups, thresholds)}
            count={groups.length}
            rowAt={(index) => groups[index]}
            rowId={groupId}
            active={cursor}
            onActive={setCursor}
          />
        )}
        {chosen && search.view === 'groups' ? (
          <GroupDetail group={chosen} rule={rule} range={{ from: search.from, to: search.to }} />
        ) : null}
      </div>
    </>
  );
}

function NothingToCount({ text }: { readonly text: string }) {
  const status = useEndpoint(getStatus, {});
  if (status.data?.events === 0) return <NoEvents>How rare commands are shows here once they are loaded.</NoEvents>;
  return (
    <Empty title="Nothing to count" icon={IconChartDots3}>
      No event in this time passes the rule’s filter{text === '' ? '' : ' and contains the text'}.
    </Empty>
  );
}

const isOther = (left: Thresholds, right: Thresholds): boolean =>
  left.count !== right.count || left.agents !== right.agents;
