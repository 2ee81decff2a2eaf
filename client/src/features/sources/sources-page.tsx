import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Columns } from '#client/ui/columns.tsx';
import { Page, Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { listSources } from '#shared/api/sources.ts';
import { ConnectPanel } from './connect-panel.tsx';
import { CoveragePanel } from './coverage-panel.tsx';
import { DefendGuide } from './defend-guide.tsx';
import { Keys } from './keys.tsx';
import type { MadeKey } from './new-key.tsx';
import { RefusalList } from './refusal-list.tsx';
import { RetentionForm } from './retention-form.tsx';
import { mergersAmong } from './split-offer.tsx';
import { StreamList } from './stream-list.tsx';
import { UploadedList } from './uploaded-list.tsx';

const RENEW_MS = 10_000;

/** Where events come from, how well, what rules cannot see of them; and how more are sent. */
export function SourcesPage() {
  const sources = useEndpoint(listSources, {}, { every: RENEW_MS });
  const [made, setMade] = useState<MadeKey | null>(null);
  return (
    <Page title="Sources" note="What sends events here, how well it arrives, and what rules cannot see of it">
      <Columns
        main={
          <>
            <Panel title="Streams" flush>
              <QueryView query={sources} rows={4}>
                {(answer) => <StreamList answer={answer} />}
              </QueryView>
            </Panel>
            <Panel title="Field coverage">
              <CoveragePanel mergers={sources.data ? mergersAmong(sources.data) : []} />
            </Panel>
            {sources.data && sources.data.uploaded.length > 0 ? (
              <Panel title="Uploads, by what they were recognised as" flush>
                <UploadedList uploaded={sources.data.uploaded} />
              </Panel>
            ) : null}
            {sources.data && sources.data.refused.length > 0 ? (
              <Panel title="Refused since this server started" flush>
                <RefusalList refused={sources.data.refused} />
              </Panel>
            ) : null}
          </>
        }
        side={
          <>
            <Panel title="Keys for sending events" flush>
              <Keys made={made} onMade={setMade} />
            </Panel>
            <Panel title="Configuration to copy">
              <ConnectPanel made={made} />
            </Panel>
            <Panel title="Set up Elastic Defend">
              <DefendGuide />
            </Panel>
            <Panel title="How long events are kept">
              <RetentionForm />
            </Panel>
          </>
        }
      />
    </Page>
  );
}
