import { useEffect, useRef } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { listViews } from '#shared/api/views.ts';
import type { QueueSearch } from '../queue-search.ts';
import { searchOfView, viewState } from './view-state.ts';

/** The queue without any choice in its address opens with the view that somebody has made their default. */
export function useDefaultView(search: QueueSearch, show: (search: QueueSearch) => void): void {
  const untouched = useRef(viewState(search) === '' && search.view === undefined && search.open === undefined);
  const views = useEndpoint(listViews, {}).data?.views;
  useEffect(() => {
    if (!views || !untouched.current) return;
    untouched.current = false;
    const view = views.find(({ isDefault }) => isDefault);
    if (view) show(searchOfView(view.id, view.state));
  });
}
