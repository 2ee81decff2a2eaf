import type { AnswerOf } from '#client/api/call.ts';
import { useChange } from '#client/api/use-endpoint.ts';
import { Panel } from '#client/ui/page.tsx';
import { ReasonForm } from '#client/ui/reason-form.tsx';
import { changeRule } from '#shared/api/rule-editing.ts';
import type { RuleChanges } from '#shared/rule/rule-changes.ts';
import type { Comparison } from './preview-report.tsx';

/** Saves the changes, with why; asks for a reason where they lose true positives or break cases. */
export function SaveRule({
  slug,
  version,
  changes,
  ready,
  comparison,
  onSaved,
}: {
  readonly slug: string;
  readonly version: number;
  readonly changes: RuleChanges;
  readonly ready: boolean;
  /** Of the changes as they stand; null while it is not known. */
  readonly comparison: Comparison | null;
  readonly onSaved: (answer: AnswerOf<typeof changeRule>) => void;
}) {
  const save = useChange(changeRule, ['rules', 'alerts', 'fields']);
  return (
    <Panel title="Save">
      <ReasonForm
        label="Save the rule"
        asks={{ why: 'Why it is changed', override: 'Why it may be saved all the same' }}
        action="Save"
        note="It applies from the next run. Alerts that are there stay."
        ready={ready}
        troubled={comparison !== null && (comparison.removedTruePositives > 0 || comparison.brokenCases.length > 0)}
        busy={save.isPending}
        error={save.error}
        onSubmit={(reasons) =>
          save.mutate({ params: { slug }, body: { changes, version, ...reasons } }, { onSuccess: onSaved })
        }
      />
    </Panel>
  );
}
