import { useChange } from '#client/api/use-endpoint.ts';
import { problemOf } from '#client/format/problem.ts';
import { Panel } from '#client/ui/page.tsx';
import { ReasonForm } from '#client/ui/reason-form.tsx';
import { changeRule } from '#shared/api/rule-editing.ts';
import type { RuleChanges } from '#shared/rule/rule-changes.ts';
import { FieldReading } from './field-reading.tsx';
import type { Comparison } from './preview-report.tsx';
import classes from './rules.module.css';

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
  readonly onSaved: () => void;
}) {
  const save = useChange(changeRule, ['rules', 'alerts']);
  const waits = save.error !== null && problemOf(save.error).code === 'busy';
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
        error={waits ? null : save.error}
        onSubmit={(reasons) =>
          save.mutate({ params: { slug }, body: { changes, version, ...reasons } }, { onSuccess: onSaved })
        }
      />
      {waits ? (
        <div className={classes['saving']}>
          <FieldReading
            note="The change is saved by itself as soon as this is done. Stay on this page."
            onRead={() => save.mutate(save.variables, { onSuccess: onSaved })}
          />
        </div>
      ) : null}
    </Panel>
  );
}
