import { lazy, Suspense } from 'react';
import type { AlertPanels } from '#client/features/alerts/detail/alert-panels.ts';
import { SkeletonRows } from '#client/ui/states.tsx';

const TreePanel = lazy(() =>
  import('#client/features/tree/tree-panel.tsx').then((module) => ({ default: module.TreePanel })),
);
const RarityPanel = lazy(() =>
  import('#client/features/rarity/rarity-panel.tsx').then((module) => ({ default: module.RarityPanel })),
);
const GuidePanel = lazy(() =>
  import('#client/features/guide/guide-panel.tsx').then((module) => ({ default: module.GuidePanel })),
);
const ExceptionPanel = lazy(() =>
  import('#client/features/exceptions/exception-panel.tsx').then((module) => ({ default: module.ExceptionPanel })),
);

/** What other features show of an alert: features do not know each other, here they are put together. */
export const alertPanels: AlertPanels = {
  tree: ({ alert }) => (
    <Suspense fallback={<SkeletonRows />}>
      <TreePanel of="alert" id={alert.id} />
    </Suspense>
  ),
  rarity: ({ alert, prevalence }) => (
    <Suspense fallback={<SkeletonRows />}>
      <RarityPanel alert={alert} prevalence={prevalence} />
    </Suspense>
  ),
  guide: ({ alert }, { onException, onVerdict }) => (
    <Suspense fallback={<SkeletonRows />}>
      <GuidePanel alert={alert} onException={onException} onVerdict={onVerdict} />
    </Suspense>
  ),
  exceptions: ({ alert }, { step, onDone }) => (
    <Suspense fallback={<SkeletonRows />}>
      <ExceptionPanel alert={alert} step={step} onDone={onDone} />
    </Suspense>
  ),
};
