import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { formatCount, plural } from '#client/format/number.ts';
import { formatTime, zoneLabel } from '#client/format/time.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { useListKeys } from '#client/stores/shortcuts/use-list-keys.ts';
import { Segmented } from '#client/ui/fields.tsx';
import { Grid } from '#client/ui/grid/grid.tsx';
import { IconChartDots3 } from '#client/ui/icons.ts';
import { Page } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Empty } from '#client/ui/states.tsx';
import { TextButton } from '#client/ui/text-button.tsx';
import { getRarity, RARITY_RULE } from '#shared/api/rules.ts';
import type { RarityGroup, RarityResult } from '#shared/rarity/rarity.ts';
import { countInside, countJustOutside, type Thresholds, USUAL_THRESHOLDS } from '#shared/rarity/thresholds.ts';
import { groupColumns, groupId } from './group-columns.tsx';
import { GroupDetail } from './group-detail.tsx';
import { LongTail } from './long-tail.tsx';
import classes from './rarity.module.css';
import { RarityControls } from './rarity-controls.tsx';
import { rarityRequest } from './rarity-request.ts';
import { RarityScatter } from './rarity-scatter.tsx';
import { chosenThresholds, type RaritySearch } from './rarity-search.ts';
import { ShapeList } from './shape-list.tsx';

const route = getRouteApi('/rarity');

/** How often each command line runs, and on how many hosts: the numbers the rarity rule decides by. */
export function RarityPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: Partial<RaritySearch>): void =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true });
  const query = useEndpoint(getRarity, { query: rarityRequest(search) }, { keepPrevious: true });
  // What is chosen counts at once, before the answer to it is there.
  const settled = { ...(query.data?.thresholds ?? USUAL_THRESHOLDS), ...chosenThresholds(search) };
  return (
    <Page title="Rarity" fill note="Events that pass a rule’s filter, counted by what ran">
      <RarityControls search={search} thresholds={settled} onChange={change} />
      <QueryView query={query} rows={14}>
        {(result) => <Result result={result} search={search} settled={settled} onChange={change} />}
      </QueryView>
    </Page>
  );
}

function Result({
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
    return (
      <Empty title="Nothing to count" icon={IconChartDots3}>
        No event in this time passes the rule’s filter{search.text === '' ? '' : ' and contains the text'}.
      </Empty>
    );
  }
  return (
    <>
      <Summary result={result} thresholds={thresholds} onOutside={() => onChange({ sort: 'outside' })}>
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
      </Summary>
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

const isOther = (left: Thresholds, right: Thresholds): boolean =>
  left.count !== right.count || left.agents !== right.agents;

function Summary({
  result,
  thresholds,
  onOutside,
  children,
}: {
  readonly result: RarityResult;
  readonly thresholds: Thresholds;
  readonly onOutside: () => void;
  readonly children?: ReactNode;
}) {
  const zone = usePreferences((store) => store.zone);
  const outside = countJustOutside(result.cells, thresholds);
  return (
    <p className="dim" role="status">
      <b>{plural(countInside(result.cells, thresholds), 'group')}</b> of {formatCount(result.totalGroups)} would alert
      with fewer than {formatCount(thresholds.count)} events on at most {plural(thresholds.agents, 'agent')};{' '}
      {outside > 0 ? (
        <TextButton onClick={onOutside}>{formatCount(outside)} just outside</TextButton>
      ) : (
        'none just outside'
      )}
      . {plural(result.matchedEvents, 'event')} counted, {formatTime(result.window.from, zone)} to{' '}
      {formatTime(result.window.to, zone)} {zoneLabel(zone)}.
      {result.truncated || result.groups.length < result.totalGroups
        ? ` The list shows ${formatCount(result.groups.length)}.`
        : ''}
      {children}
    </p>
  );
}
