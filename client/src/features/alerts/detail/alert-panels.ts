import type { ReactNode } from 'react';
import type { Verdict } from '#shared/alert/alert.ts';
import type { AlertDetail } from '#shared/api/alerts.ts';

/** What the alert's screen offers to the panels that other features fill. */
export interface PanelActions {
  /** Guide step the user came from. */
  readonly step: string | null;
  readonly onException: (step: string) => void;
  readonly onVerdict: (verdict: Verdict) => void;
  readonly onDone: () => void;
}

type Panel = (detail: AlertDetail, actions: PanelActions) => ReactNode;

export interface AlertPanels {
  readonly tree: Panel;
  readonly rarity: Panel;
  readonly guide: Panel;
  readonly exceptions: Panel;
}
