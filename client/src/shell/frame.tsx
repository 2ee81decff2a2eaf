import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useLive } from '#client/api/use-live.ts';
import { useKeyHandler } from '#client/stores/shortcuts/use-key-handler.ts';
import { useShortcuts } from '#client/stores/shortcuts/use-shortcuts.ts';
import { Banners } from './banners.tsx';
import classes from './frame.module.css';
import { Rail } from './rail.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { TopBar } from './top-bar.tsx';
import { useGoShortcuts } from './use-go-shortcuts.ts';

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })));

/** What is around every page: navigation, what the server holds, banners, keys. */
export function Frame() {
  const [sheet, setSheet] = useState(false);
  const [palette, setPalette] = useState(false);
  useLive();
  useKeyHandler();
  useGoShortcuts();
  useShortcuts([
    { keys: 'Shift+?', label: 'Keyboard commands', group: 'View', run: () => setSheet(true) },
    { keys: '$mod+k', label: 'Command palette', group: 'Go', run: () => setPalette(true) },
  ]);
  return (
    <div className={classes['frame']}>
      <a className={classes['skip']} href="#main">
        Skip to content
      </a>
      <Rail />
      <TopBar onPalette={() => setPalette(true)} onSheet={() => setSheet(true)} />
      <Banners />
      <main id="main" className={classes['main']} tabIndex={-1}>
        <Outlet />
      </main>
      <ShortcutSheet open={sheet} onClose={() => setSheet(false)} />
      {palette ? (
        <Suspense fallback={null}>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}
