import type { AlertActions } from '../changes/use-alert-actions.tsx';
import type { DetailTab } from '../queue-search.ts';
import type { AlertPanels } from './alert-panels.ts';

/** What an alert's detail is shown with, beside the queue or on a page of its own. */
export interface DetailProps {
  readonly tab: DetailTab;
  readonly step: string | null;
  readonly panels: AlertPanels;
  readonly actions: AlertActions;
  readonly onTab: (tab: DetailTab, step?: string) => void;
  /** Absent on the alert's own page. */
  readonly onClose?: () => void;
  readonly onMove?: (by: number) => void;
}
