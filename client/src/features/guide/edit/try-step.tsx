import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { Panel } from '#client/ui/page.tsx';
import { Failure, SkeletonRows } from '#client/ui/states.tsx';
import { listAlerts } from '#shared/api/alerts.ts';
import { checkGuide } from '#shared/api/guide.ts';
import { type Guide, type GuideStep, guideSchema } from '#shared/guide/guide.ts';
import { StepPreview } from './step-preview.tsx';

const PAUSE_MS = 400;
const MOST_ALERTS = 30;

/** What is wrong with the guide as it stands, and how a step looks to one of the rule's alerts. */
export function useTriedGuide(slug: string, guide: Guide, step: string | null) {
  const alerts = useEndpoint(listAlerts, { query: { rule: [slug], limit: MOST_ALERTS } }, { calm: true });
  const listed = alerts.data?.alerts ?? null;
  const [chosen, setChosen] = useState<string | null>(null);
  const alert = chosen ?? listed?.[0]?.id ?? null;
  const [settled] = useDebouncedValue(JSON.stringify(guide), PAUSE_MS);
  const query = useEndpoint(
    checkGuide,
    { params: { slug }, body: { guide: guideSchema.parse(JSON.parse(settled)), step, alert } },
    { keepPrevious: true, calm: true },
  );
  return { query, listed, alert, setChosen, current: settled === JSON.stringify(guide) && !query.isPlaceholderData };
}

export function TryStep({
  step,
  tried: { query, listed, alert, setChosen, current },
}: {
  readonly step: GuideStep | null;
  readonly tried: ReturnType<typeof useTriedGuide>;
}) {
  const shown = query.data?.preview ?? null;
  return (
    <Panel title="As an analyst sees it">
      {listed?.length === 0 ? (
        <p className="dim">The rule has no alert to try it on.</p>
      ) : (
        <SelectField
          label="With the alert"
          value={alert}
          options={(listed ?? []).map(({ id, commandLine, ruleName }) => ({
            value: id,
            label: visibleText(commandLine ?? ruleName).slice(0, 90),
          }))}
          onChange={setChosen}
        />
      )}
      {query.isError ? <Failure error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending ? <SkeletonRows rows={4} /> : null}
      <div aria-busy={!current}>
        {step && shown ? <StepPreview step={step} shown={shown} /> : null}
        {step && query.data && !shown && alert !== null ? (
          current ? (
            <p className="dim">It shows here once its mistakes are mended.</p>
          ) : (
            <SkeletonRows rows={4} />
          )
        ) : null}
        {step ? null : <p className="dim">Choose a step.</p>}
      </div>
    </Panel>
  );
}
