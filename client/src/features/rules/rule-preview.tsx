import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { IconPlayerPlay, IconX } from '#client/ui/icons.ts';
import { Panel } from '#client/ui/page.tsx';
import { Failure, SkeletonRows } from '#client/ui/states.tsx';
import { type Range, TimeRange } from '#client/ui/time-range.tsx';
import { previewRule } from '#shared/api/rule-editing.ts';
import type { RuleChanges } from '#shared/rule/rule-changes.ts';
import { PreviewReport } from './preview-report.tsx';

/** A rule that is there, or the text of one that is not. */
export type PreviewSubject = { readonly slug: string } | { readonly text: string };

type Asked = PreviewSubject & {
  readonly changes: RuleChanges;
  readonly from: string | undefined;
  readonly to: string | undefined;
};

/** What the rule as it stands in the form would have raised over a range. Asked for by a button: a week of data takes a moment. */
export function RulePreview({
  subject,
  changes,
  ready,
}: {
  readonly subject: PreviewSubject;
  readonly changes: RuleChanges;
  readonly ready: boolean;
}) {
  const [range, setRange] = useState<Range>({ from: undefined, to: undefined });
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <Panel
      title="Preview"
      actions={
        <>
          <TimeRange value={range} onChange={setRange} />
          {asked ? (
            <Button icon={IconX} onClick={() => setAsked(null)}>
              Clear
            </Button>
          ) : null}
          <Button
            icon={IconPlayerPlay}
            disabled={!ready}
            onClick={() => setAsked({ ...subject, changes, from: range.from, to: range.to })}
          >
            Preview
          </Button>
        </>
      }
    >
      {asked ? (
        <Answer asked={asked} />
      ) : (
        <p className="dim">
          Runs the schedule over stored events, with these settings and the exceptions in force. Nothing is kept.
        </p>
      )}
    </Panel>
  );
}

/** Leaving the page, or clearing, cancels the request: the server stops at once. */
function Answer({ asked }: { readonly asked: Asked }) {
  const query = useEndpoint(previewRule, { body: { ...asked, language: 'kuery' } }, { calm: true });
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={4} />;
  return <PreviewReport preview={query.data} onRead={() => void query.refetch()} />;
}
