import { formatShare } from '#client/format/number.ts';
import { SwitchField } from '#client/ui/fields/switch-field.tsx';
import type { Arrivals } from '#shared/api/sources.ts';
import classes from './sources.module.css';
import { useSplit } from './use-split.ts';

/** Whether documents that tell several actions at once are stored as one event an action, from now on. */
export function SplitSwitch({
  id,
  name,
  on,
  arrivals,
}: {
  readonly id: string;
  readonly name: string;
  readonly on: boolean;
  readonly arrivals?: Arrivals;
}) {
  const { split, busy } = useSplit();
  const merged = arrivals && arrivals.sampled > 0 ? arrivals.merged / arrivals.sampled : null;
  return (
    <div className={classes['stack']}>
      <SwitchField
        label={`Split merged documents of ${name}`}
        checked={on}
        disabled={busy !== null}
        onChange={(splitMerged) => split(id, name, splitMerged)}
      />
      {merged === 0 && !on ? null : (
        <p className="dim">
          {merged === null ? '' : `${formatShare(merged)} of what came lately tells several actions in one document. `}
          Elastic Defend 8.18 and later writes a short-lived process as one document (event.action: fork, exec, end),
          which rules that want one value do not match, here as in Elastic. Split, each action is an event of its own.
          Applies to what comes from now on.
        </p>
      )}
    </div>
  );
}
