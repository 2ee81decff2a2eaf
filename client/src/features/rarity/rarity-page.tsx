import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { formatCount, plural } from '#client/format/number.ts';
import { formatTime, zoneLabel } from '#client/format/time.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { Grid } from '#client/ui/grid/grid.tsx';
import { IconChartDots3 } from '#client/ui/icons.ts';
import { Page } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Empty } from '#client/ui/states.tsx';
import { getRarity, RARITY_RULE } from '#shared/api/rules.ts';
import type { RarityGroup, RarityResult } from '#shared/rarity/rarity.ts';
import { groupColumns, groupId } from './group-columns.tsx';
import { GroupDetail } from './group-detail.tsx';
import classes from './rarity.module.css';
import { RarityControls } from './rarity-controls.tsx';
import { rarityRequest } from './rarity-request.ts';
import { RarityScatter } from './rarity-scatter.tsx';
import type { RaritySearch } from './rarity-search.ts';

const route = getRouteApi('/rarity');

/** How often each command line runs, and on how many hosts: the numbers the rarity rule decides by. */
export function RarityPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: Partial<RaritySearch>): void =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true });
  const query = useEndpoint(getRarity, { query: rarityRequest(search) }, { keepPrevious: true });
  return (
    <Page title="Rarity" fill note="Events that pass a rule’s filter, counted by what ran">
      <RarityControls search={search} onChange={change} />
      <QueryView query={query} rows={14}>
        {(result) => <Result result={result} search={search} />}
      </QueryView>
    </Page>
  );
}

function Result({ result, search }: { readonly result: RarityResult; readonly search: RaritySearch }) {
  const [cursor, setCursor] = useState(-1);
  const zone = usePreferences((store) => store.zone);
  const { groups } = result;
  const chosen = groups[cursor];
  if (result.totalGroups === 0) {
    return (
      <Empty title="Nothing to count" icon={IconChartDots3}>
        No event in this time passes the rule’s filter{search.text === '' ? '' : ' and contains the text'}.
      </Empty>
    );
  }
  return (
    <>
      <p className="dim" role="status">
        <b>{formatCount(result.alertingGroups)}</b> of {plural(result.totalGroups, 'group')} are inside the thresholds,{' '}
        {plural(result.matchedEvents, 'event')} counted, {formatTime(result.window.from, zone)} to{' '}
        {formatTime(result.window.to, zone)} {zoneLabel(zone)}.
        {result.truncated || groups.length < result.totalGroups ? ` The list shows ${formatCount(groups.length)}.` : ''}
      </p>
      <RarityScatter result={result} />
      <div className={classes['groups']}>
        <Grid<RarityGroup>
          label="Groups"
          columns={groupColumns(groups)}
          count={groups.length}
          rowAt={(index) => groups[index]}
          rowId={groupId}
          active={cursor}
          onActive={setCursor}
        />
        {chosen ? <GroupDetail group={chosen} rule={search.rule ?? RARITY_RULE} /> : null}
      </div>
    </>
  );
}
