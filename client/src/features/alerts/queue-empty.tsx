import { Link } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { IconCircleCheck, IconDatabase, IconFilterOff } from '#client/ui/icons.ts';
import { Empty } from '#client/ui/states.tsx';
import { getStatus } from '#shared/api/status.ts';
import { isNarrowed, type QueueSearch } from './queue-search.ts';

/** The three kinds of an empty queue: no data, nothing that matches, nothing left to do. */
export function QueueEmpty({ search, onClear }: { readonly search: QueueSearch; readonly onClear: () => void }) {
  const status = useEndpoint(getStatus, {});
  if (status.data?.events === 0) {
    return (
      <Empty title="No events yet" icon={IconDatabase} action={<Link to="/data">Load a file or a sample</Link>}>
        Alerts appear here once process events are loaded: a file of ECS JSON lines, or one of the samples.
      </Empty>
    );
  }
  if (isNarrowed(search)) {
    return (
      <Empty
        title="No alert matches the filter"
        icon={IconFilterOff}
        action={
          <Button look="primary" onClick={onClear}>
            Clear the filter
          </Button>
        }
      >
        The status shown is “{search.status}”.
      </Empty>
    );
  }
  if (search.status === 'open') {
    return (
      <Empty title="Nothing open" icon={IconCircleCheck}>
        Every alert has been looked at. New ones will show here by themselves.
      </Empty>
    );
  }
  return <Empty title={`No ${search.status === 'all' ? '' : `${search.status} `}alerts`} icon={IconCircleCheck} />;
}
