import { useChange } from '#client/api/use-endpoint.ts';
import { Panel } from '#client/ui/page.tsx';
import { ReasonForm } from '#client/ui/reason-form.tsx';
import { saveRuleGuide } from '#shared/api/guide.ts';
import type { Guide } from '#shared/guide/guide.ts';

/** Saves the guide, with why. */
export function SaveGuide({
  slug,
  guide,
  version,
  ready,
  onSaved,
}: {
  readonly slug: string;
  readonly guide: Guide;
  readonly version: number;
  readonly ready: boolean;
  /** The version that it made. */
  readonly onSaved: (version: number) => void;
}) {
  const save = useChange(saveRuleGuide, ['rules', 'alerts']);
  return (
    <Panel title="Save">
      <ReasonForm
        label="Save the guide"
        asks={{ why: 'Why it is changed', override: '' }}
        action="Save"
        note="Alerts with answers keep the guide they were answered by."
        ready={ready}
        busy={save.isPending}
        error={save.error}
        onSubmit={({ why }) =>
          save.mutate(
            { params: { slug }, body: { guide, version, why } },
            { onSuccess: (made) => onSaved(made.version) },
          )
        }
      />
    </Panel>
  );
}
