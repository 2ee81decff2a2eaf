import { AlertPage } from '#client/features/alerts/detail/alert-page.tsx';
import { alertPanels } from './alert-panels.tsx';

export function AlertRoute() {
  return <AlertPage panels={alertPanels} />;
}
