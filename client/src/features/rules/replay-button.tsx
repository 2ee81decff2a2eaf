import { useChange } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { IconPlayerPlay } from '#client/ui/icons.ts';
import { showDone, showProblem } from '#client/ui/toast.tsx';
import { replayRules } from '#shared/api/rules.ts';
import { plural } from '#shared/base/counts.ts';

/** Runs the schedule of all enabled rules over everything stored. */
export function ReplayButton() {
  const replay = useChange(replayRules, ['alerts', 'rules']);
  return (
    <Button
      icon={IconPlayerPlay}
      busy={replay.isPending}
      title="Run the schedule of all enabled rules over all stored events"
      onClick={() =>
        replay.mutate(
          { body: {} },
          {
            onError: showProblem,
            onSuccess: ({ runs }) => {
              const raised = runs.reduce((sum, run) => sum + run.alertsRaised, 0);
              const failed = runs.filter(({ status }) => status === 'failed').length;
              showDone(
                failed > 0
                  ? `${plural(failed, 'rule')} failed: see the run log`
                  : `Replayed ${plural(runs.length, 'rule')}: ${plural(raised, 'new alert')}`,
              );
            },
          },
        )
      }
    >
      Replay all data
    </Button>
  );
}
