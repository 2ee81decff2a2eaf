import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { ButtonLink } from '#client/ui/button-link.tsx';
import { IconCircleCheck, IconDatabase } from '#client/ui/icons.ts';
import { NoEvents, NothingFound } from '#client/ui/nothing.tsx';
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
      <Empty title="Events are being loaded" icon={IconDatabase} action={<ButtonLink to="/data">Watch it</ButtonLink>}>
        Alerts of “{visibleText(arriving.name)}” appear here as soon as the rules have run over it.
      </Empty>
    );
  }
  if (status.data?.events === 0) {
    return (
      <NoEvents>
        Alerts appear here once process events are loaded: a file of ECS JSON lines, or one of the samples.
      </NoEvents>
    );
  }
  if (isNarrowed(search)) {
    return (
      <NothingFound title="No alert matches the filter" clear="Clear the filter" onClear={onClear}>
        The status shown is “{search.status}”.
      </NothingFound>
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
