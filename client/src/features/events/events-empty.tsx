import { useEndpoint } from '#client/api/use-endpoint.ts';
import { NoEvents, NothingFound } from '#client/ui/nothing.tsx';
import { getStatus } from '#shared/api/status.ts';

export function EventsEmpty({ onClear }: { readonly onClear: () => void }) {
  const status = useEndpoint(getStatus, {});
  if (status.data?.events === 0) {
    return <NoEvents>Process events as ECS JSON lines show here once they are loaded.</NoEvents>;
  }
  return <NothingFound title="No event matches" clear="Clear query and time" onClear={onClear} />;
}
