import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { useLive } from '#client/api/use-live.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { useKeyHandler } from '#client/stores/shortcuts/use-key-handler.ts';
import { useShortcuts } from '#client/stores/shortcuts/use-shortcuts.ts';
import { showDone, takeBackLast } from '#client/ui/toast.tsx';
import { listAlerts } from '#shared/api/alerts.ts';
import { getStatus } from '#shared/api/status.ts';
import { Banners } from './banners.tsx';
import classes from './frame.module.css';
import { Rail } from './rail.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { TopBar } from './top-bar.tsx';
import { useGoShortcuts } from './use-go-shortcuts.ts';
import { useKeptFocus } from './use-kept-focus.ts';

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })));
const Tour = lazy(() => import('./tour.tsx').then((module) => ({ default: module.Tour })));

const tellBack = (): void => showDone('Connected again: everything shown was read anew');

/** What is around every page: navigation, what the server holds, banners, keys. */
export function Frame() {
  const [sheet, setSheet] = useState(false);
  const [palette, setPalette] = useState(false);
  const isNew = useIsNew();
  useLive(tellBack);
  useKeyHandler();
  useKeptFocus();
  useGoShortcuts();
  useShortcuts([
    { keys: 'Shift+?', label: 'Keyboard commands', group: 'View', run: () => setSheet(true) },
    { keys: '$mod+z', label: 'Take the last change back', group: 'Act', run: takeBackLast },
    { keys: '$mod+k', label: 'Command palette', group: 'Go', run: () => setPalette(true) },
  ]);
  return (
    <div className={classes['frame']}>
      <a className={classes['skip']} href="#main">
        Skip to content
      </a>
      <Rail />
      <TopBar onPalette={() => setPalette(true)} onSheet={() => setSheet(true)} />
      <main id="main" className={classes['main']} tabIndex={-1}>
        <Outlet />
      </main>
      <Banners />
      <ShortcutSheet open={sheet} onClose={() => setSheet(false)} />
      {isNew ? (
        <Suspense fallback={null}>
          <Tour />
        </Suspense>
      ) : null}
      {palette ? (
        <Suspense fallback={null}>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** On the demo's alerts, for whoever has not seen the tour: once there is something to point at. */
function useIsNew(): boolean {
  const toured = usePreferences((store) => store.toured);
  const status = useEndpoint(getStatus, {}, { enabled: !toured });
  const alerts = useEndpoint(listAlerts, { query: { limit: 1 } }, { enabled: !toured });
  const isQueue = useRouterState({ select: ({ location }) => location.pathname === '/alerts' });
  return !toured && isQueue && status.data?.demo === true && (alerts.data?.total ?? 0) > 0;
}
