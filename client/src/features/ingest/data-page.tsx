import { Link } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { CodeBlock } from '#client/ui/code-block.tsx';
import { Columns } from '#client/ui/columns.tsx';
import { Page, Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import rows from '#client/ui/rows.module.css';
import { listUploads, UPLOAD_PATH, type Upload } from '#shared/api/uploads.ts';
import { arrived } from './arrived.ts';
import { DropZone } from './drop-zone.tsx';
import classes from './ingest.module.css';
import { Samples } from './samples.tsx';
import { SendingRow } from './sending-row.tsx';
import { UploadRow } from './upload-row.tsx';
import { useSending } from './use-sending.ts';

const POLL_MS = 500;
const RUNNING = ['receiving', 'loading', 'evaluating'];

/** How events get in: files dropped or chosen, samples, or a command; and what came of each. */
export function DataPage() {
  const sending = useSending();
  const uploads = useEndpoint(listUploads, {});
  const busy = sending.list.length > 0 || (uploads.data?.uploads ?? []).some(({ status }) => RUNNING.includes(status));
  // Progress is watched by asking: the live stream tells only that something has changed.
  useEndpoint(listUploads, {}, { every: busy ? POLL_MS : false });
  return (
    <Page title="Data" note="Load process events; the enabled rules then run over the time they cover">
      <Columns
        main={
          <>
            <DropZone onFiles={sending.send} />
            {sending.list.length > 0 ? (
              <Panel title="On the way" flush>
                <ul className={rows['list']}>
                  {sending.list.map((one) => (
                    <SendingRow key={one.key} sending={one} onCancel={() => sending.cancel(one.key)} />
                  ))}
                </ul>
              </Panel>
            ) : null}
            <Panel title="Uploads" flush>
              <QueryView query={uploads} rows={4}>
                {({ uploads: all }) => <UploadList uploads={arrived(all, sending.list)} />}
              </QueryView>
            </Panel>
          </>
        }
        side={
          <>
            <Panel title="Samples">
              <Samples />
            </Panel>
            <Panel title="Streams">
              <p>
                What runs already can send its events here as they happen: <Link to="/sources">sources</Link> has keys,
                configuration to copy, and how well it arrives.
              </p>
            </Panel>
            <CodeBlock label="From the command line" text={curlExample(location.origin)} />
          </>
        }
      />
    </Page>
  );
}

function UploadList({ uploads }: { readonly uploads: readonly Upload[] }) {
  if (uploads.length === 0) return <p className={classes['none']}>Nothing loaded yet.</p>;
  return (
    <ul className={rows['list']}>
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </ul>
  );
}

const curlExample = (origin: string): string =>
  `curl --data-binary @events.ndjson.gz \\\n  -H 'content-type: application/octet-stream' \\\n  '${origin}${UPLOAD_PATH}?name=events.ndjson.gz'`;
