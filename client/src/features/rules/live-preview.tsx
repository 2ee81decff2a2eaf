import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Panel } from '#client/ui/page.tsx';
import { Failure, SkeletonRows } from '#client/ui/states.tsx';
import { type Range, TimeRange } from '#client/ui/time-range.tsx';
import { previewRule } from '#shared/api/rule-editing.ts';
import { type RuleChanges, ruleChangesSchema } from '#shared/rule/rule-changes.ts';
import { PreviewReport } from './preview-report.tsx';

const PAUSE_MS = 500;

/** What a rule with these changes would have raised, asked again whenever they settle; null changes are not asked for. */
export function useLivePreview(slug: string, changes: RuleChanges | null) {
  const [range, setRange] = useState<Range>({ from: undefined, to: undefined });
  const [settled] = useDebouncedValue(changes === null ? null : JSON.stringify(changes), PAUSE_MS);
  const asked = settled === null ? {} : ruleChangesSchema.parse(JSON.parse(settled));
  const query = useEndpoint(
    previewRule,
    { body: { slug, language: 'kuery', changes: asked, ...range } },
    { enabled: settled !== null, keepPrevious: true, calm: true },
  );
  const current = changes !== null && JSON.stringify(changes) === settled && !query.isPlaceholderData;
  return { query, range, setRange, asks: settled !== null, current };
}

export function LivePreview({ query, range, setRange, asks, current }: ReturnType<typeof useLivePreview>) {
  return (
    <Panel title="Effect on stored events" actions={<TimeRange value={range} onChange={setRange} />}>
      {!asks ? <p className="dim">Its effect shows here once there is a change that can be run.</p> : null}
      {asks && query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : null}
      {asks && query.isPending ? <SkeletonRows rows={4} /> : null}
      {asks && query.data ? (
        <PreviewReport preview={query.data} stale={!current} onRead={() => void query.refetch()} />
      ) : null}
    </Panel>
  );
}
