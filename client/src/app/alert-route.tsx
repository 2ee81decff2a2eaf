import { AlertPage } from '#client/features/alerts/alert-page.tsx';
import { alertPanels } from './alert-panels.tsx';

export function AlertRoute() {
  return <AlertPage panels={alertPanels} />;
}
