import { useEndpoint } from '#client/api/use-endpoint.ts';
import { formatCount } from '#client/format/number.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { Hostile } from '#client/ui/text.tsx';
import { listRejects } from '#shared/api/uploads.ts';
import classes from './ingest.module.css';

/** Lines that could not be loaded, each with its number and the reason. */
export function Rejects({ id }: { readonly id: string }) {
  const query = useEndpoint(listRejects, { params: { id } });
  return (
    <QueryView query={query} rows={3}>
      {({ rejects, total }) => (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section className={classes['rejects']} aria-label="Rejected lines" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Line</th>
                  <th scope="col">Reason</th>
                  <th scope="col">Text</th>
                </tr>
              </thead>
              <tbody>
                {rejects.map((reject) => (
                  <tr key={`${reject.line} ${reject.reason}`}>
                    <td className="num">{formatCount(reject.line)}</td>
                    <td>
                      <Hostile text={reject.reason} />
                    </td>
                    <td className={classes['rejected']}>
                      <Hostile text={reject.text} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
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
