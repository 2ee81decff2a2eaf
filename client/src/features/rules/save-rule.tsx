import { useState } from 'react';
import { useChange } from '#client/api/use-endpoint.ts';
import { problemOf } from '#client/format/problem.ts';
import { Button } from '#client/ui/button.tsx';
import { TextArea, TextField } from '#client/ui/fields.tsx';
import { Panel } from '#client/ui/page.tsx';
import { Failure } from '#client/ui/states.tsx';
import { changeRule } from '#shared/api/rule-editing.ts';
import { SHORTEST_REASON } from '#shared/api/tuning.ts';
import type { RuleChanges } from '#shared/rule/rule-changes.ts';
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
  const [why, setWhy] = useState('');
  const [override, setOverride] = useState('');
  const refused = save.error !== null && problemOf(save.error).details?.[0]?.path === 'body.override';
  const troubled = comparison !== null && (comparison.removedTruePositives > 0 || comparison.brokenCases.length > 0);
  const asks = troubled || refused;
  const short = asks && override.trim().length < SHORTEST_REASON;
  return (
    <Panel title="Save">
      <form
        className={classes['form']}
        aria-label="Save the rule"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ params: { slug }, body: { changes, version, why, override } }, { onSuccess: onSaved });
        }}
      >
        <TextField label="Why it is changed" placeholder="Stands in the audit log" value={why} onChange={setWhy} />
        {asks ? (
          <TextArea
            label="Why it may be saved all the same"
            hint="It loses true positives, or breaks cases. A sentence, for those who come after you."
            required
            value={override}
            onChange={setOverride}
          />
        ) : null}
        {save.error ? <Failure error={save.error} /> : null}
        <div className={classes['saveLine']}>
          <span className="dim">It applies from the next run. Alerts that are there stay.</span>
          <Button type="submit" look={asks ? 'danger' : 'primary'} disabled={!ready || short} busy={save.isPending}>
            {asks ? 'Save all the same' : 'Save'}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
