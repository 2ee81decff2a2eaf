import { getRouteApi } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Page } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { getRarity } from '#shared/api/rules.ts';
import { USUAL_THRESHOLDS } from '#shared/rarity/thresholds.ts';
import { RarityControls } from './rarity-controls.tsx';
import { rarityRequest } from './rarity-request.ts';
import { RarityResultView } from './rarity-result.tsx';
import { chosenThresholds, type RaritySearch } from './rarity-search.ts';

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
        {(result) => <RarityResultView result={result} search={search} settled={settled} onChange={change} />}
      </QueryView>
    </Page>
  );
}
