import { useEndpoint } from '#client/api/use-endpoint.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { RejectTable } from '#client/ui/reject-table.tsx';
import { listSourceRejects } from '#shared/api/sources.ts';
import { formatCount } from '#shared/base/counts.ts';
import classes from './sources.module.css';

const SHOWN = 50;

/** The quarantine of a stream: the newest records in it, and each day as a file. */
export function SourceRejects({ id }: { readonly id: string }) {
  const query = useEndpoint(listSourceRejects, { params: { id }, query: { limit: SHOWN } });
  return (
    <section className={classes['stack']} aria-label="Quarantine">
      <h3>Quarantine</h3>
      <QueryView query={query} rows={3}>
        {({ days, rejects }) => (
          <>
            <RejectTable
              label="Rejected records, the newest days first"
              rejects={rejects.map((reject, place) => ({ ...reject, key: `${place} ${reject.line}` }))}
            />
            <p className={classes['days']}>
              {days.map(({ day, rejected, kept }) => (
                <a key={day} href={`/api/sources/${encodeURIComponent(id)}/rejects.ndjson?day=${day}`} download>
                  Download {day} ({formatCount(kept)}
                  {kept < rejected ? ` kept of ${formatCount(rejected)}` : ''})
                </a>
              ))}
            </p>
          </>
        )}
      </QueryView>
    </section>
  );
}
