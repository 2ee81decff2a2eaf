import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { fakeServer } from '#client/testing/fake-server.ts';
import { POSITION_META } from '#shared/api/changes.ts';
import { listRules } from '#shared/api/rules.ts';
import { listViews } from '#shared/api/views.ts';
import { createQueryClient } from './query-client.ts';
import { useEndpoint } from './use-endpoint.ts';
import { useLive } from './use-live.ts';

class Stream extends EventTarget {
  onopen = nothing;
  close() {}
}
function nothing(): void {}

/** A page that shows rules and views, made at the position `1`; each answer about changes gives the next one. */
async function showPage(topics: readonly string[]) {
  document.head.innerHTML = `<meta name="${POSITION_META}" content="1">`;
  let position = 1;
  const asked = fakeServer({
    'GET /api/changes': () => ({ topics, position: String(++position) }),
  });
  const streams: Stream[] = [];
  vi.stubGlobal('EventSource', function open() {
    const stream = new Stream();
    streams.push(stream);
    return stream;
  });
  function Page() {
    useLive(nothing);
    useEndpoint(listRules, {});
    useEndpoint(listViews, {});
    return null;
  }
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Page />
    </QueryClientProvider>,
  );
  const timesRead = (what: 'rules' | 'views') => asked.filter(({ path }) => path === `/api/${what}`).length;
  const askedSince = () => asked.filter(({ path }) => path === '/api/changes').map(({ query }) => query.get('since'));
  await waitFor(() => expect(timesRead('views')).toBe(1));
  return { begin: () => act(() => streams[0]?.onopen()), timesRead, askedSince };
}

test('what changed before the stream began is read again, and nothing else', async () => {
  const { begin, timesRead, askedSince } = await showPage(['rules']);
  begin();
  await waitFor(() => expect(timesRead('rules')).toBe(2));
  expect(timesRead('views')).toBe(1);
  expect(askedSince()).toEqual(['1']);
});

test('when another tab takes the stream over, what changed in between is read again', async () => {
  const { begin, timesRead, askedSince } = await showPage(['rules']);
  begin();
  await waitFor(() => expect(timesRead('rules')).toBe(2));
  const otherTab = new BroadcastChannel('oddspawn-live');
  otherTab.postMessage({ kind: 'state', state: 'live' });
  await waitFor(() => expect(timesRead('rules')).toBe(3));
  expect(askedSince()).toEqual(['1', '2']);
  otherTab.close();
});

test('where nobody says what changed, all is read again', async () => {
  const { begin, timesRead } = await showPage(['no such topic']);
  begin();
  await waitFor(() => expect(timesRead('rules')).toBe(2));
});
