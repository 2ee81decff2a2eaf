import { Link } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { IconDatabase, IconFilterOff } from '#client/ui/icons.ts';
import { Empty } from '#client/ui/states.tsx';
import { getStatus } from '#shared/api/status.ts';

export function EventsEmpty({ onClear }: { readonly onClear: () => void }) {
  const status = useEndpoint(getStatus, {});
  if (status.data?.events === 0) {
    return (
      <Empty title="No events yet" icon={IconDatabase} action={<Link to="/data">Load a file or a sample</Link>}>
        Process events as ECS JSON lines show here once they are loaded.
      </Empty>
    );
  }
  return (
    <Empty
      title="No event matches"
      icon={IconFilterOff}
      action={
        <Button look="primary" onClick={onClear}>
          Clear query and time
        </Button>
      }
    />
  );
}
