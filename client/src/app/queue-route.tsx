import { QueuePage } from '#client/features/alerts/queue/queue-page.tsx';
import { alertPanels } from './alert-panels.tsx';

export function QueueRoute() {
  return <QueuePage panels={alertPanels} />;
}
