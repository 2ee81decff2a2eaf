import { Link } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { IconCircleCheck, IconDatabase, IconFilterOff } from '#client/ui/icons.ts';
import { Empty } from '#client/ui/states.tsx';
import { getStatus } from '#shared/api/status.ts';
import { listUploads } from '#shared/api/uploads.ts';
import { isNarrowed, type QueueSearch } from '../queue-search.ts';

/** The three kinds of an empty queue: no data, nothing that matches, nothing left to do. */
export function QueueEmpty({ search, onClear }: { readonly search: QueueSearch; readonly onClear: () => void }) {
  const status = useEndpoint(getStatus, {});
  const uploads = useEndpoint(listUploads, {});
  const arriving = uploads.data?.uploads.find(({ finishedAt }) => finishedAt === null);
  if (arriving && !isNarrowed(search)) {
    return (
      <Empty title="Events are being loaded" icon={IconDatabase} action={<Link to="/data">Watch it</Link>}>
        Alerts of “{visibleText(arriving.name)}” appear here as soon as the rules have run over it.
      </Empty>
    );
  }
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
