import { useEndpoint } from '#client/api/use-endpoint.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { RejectTable } from '#client/ui/reject-table.tsx';
import { listRejects } from '#shared/api/uploads.ts';
import { formatCount } from '#shared/base/counts.ts';

/** Lines that could not be loaded, each with its number and the reason. */
export function Rejects({ id }: { readonly id: string }) {
  const query = useEndpoint(listRejects, { params: { id } });
  return (
    <QueryView query={query} rows={3}>
      {({ rejects, total }) => (
        <>
          <RejectTable
            label="Rejected lines"
            rejects={rejects.map((reject) => ({ ...reject, key: `${reject.line} ${reject.reason}` }))}
          />
          <p>
            <a href={`/api/uploads/${encodeURIComponent(id)}/rejects.ndjson`} download>
              Download all {formatCount(total)} rejected lines
            </a>
          </p>
        </>
      )}
    </QueryView>
  );
}
