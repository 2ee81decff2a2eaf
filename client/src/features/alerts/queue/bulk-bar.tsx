import { Button } from '#client/ui/button.tsx';
import { Toolbar } from '#client/ui/page.tsx';
import { useToastsAbove } from '#client/ui/toast.tsx';
import { formatCount } from '#shared/base/counts.ts';
import type { AlertActions } from '../changes/use-alert-actions.tsx';
import { ReportMenu } from '../export/report-menu.tsx';
import type { ReportSelection } from '../export/report-url.ts';
import classes from './queue.module.css';

/** What can be done with the selection; shown while there is one. */
export function BulkBar({
  count,
  total,
  everything,
  selection,
  busy,
  actions,
  onEverything,
  onClear,
}: {
  readonly count: number;
  readonly total: number;
  readonly everything: boolean;
  readonly selection: ReportSelection;
  readonly busy: boolean;
  readonly actions: AlertActions;
  readonly onEverything: () => void;
  readonly onClear: () => void;
}) {
  useToastsAbove();
  return (
    <div className={classes['bulk']}>
      <Toolbar label="Change the selected alerts">
        <strong>{formatCount(count)} selected</strong>
        {everything || count >= total ? null : (
          <Button look="quiet" onClick={onEverything}>
            Select all {formatCount(total)} matching
          </Button>
        )}
        <Button look="primary" keys="c" busy={busy} onClick={actions.close}>
          Close…
        </Button>
        <Button keys="b" onClick={() => actions.closeAs('benign')}>
          Benign
        </Button>
        <Button keys="v" onClick={actions.acknowledge}>
          Acknowledge
        </Button>
        <Button keys="i" onClick={actions.assignToMe}>
          Assign to me
        </Button>
        <Button keys="t" onClick={actions.tag}>
          Tag
        </Button>
        <Button keys="n" onClick={actions.note}>
          Note
        </Button>
        <ReportMenu selection={selection} count={count} />
        <Button look="quiet" keys="Escape" onClick={onClear}>
          Clear
        </Button>
      </Toolbar>
    </div>
  );
}
