import type { AnswerOf } from '#client/api/call.ts';
import { useChange } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { confirm } from '#client/ui/confirm.tsx';
import { Notice } from '#client/ui/states.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { showProblem } from '#client/ui/toast.tsx';
import { adoptGuide, type alertGuide } from '#shared/api/guide.ts';
import classes from './guide.module.css';

/** The guide has changed since this alert's first answer. */
export function NewerGuide({
  alertId,
  newer,
}: {
  readonly alertId: string;
  readonly newer: NonNullable<AnswerOf<typeof alertGuide>['newer']>;
}) {
  const adopt = useChange(adoptGuide, ['alerts']);
  return (
    <div className={classes['suggestion']}>
      <Notice
        title="The guide has changed since this alert was first answered"
        action={
          <Button
            busy={adopt.isPending}
            onClick={() =>
              confirm({
                title: 'Go over to the newer guide?',
                text: 'Answers to steps that it has too are kept; there is no way back to the older one.',
                action: 'Go over',
                onConfirm: () => adopt.mutate({ params: { id: alertId } }, { onError: showProblem }),
              })
            }
          >
            Go over to it
          </Button>
        }
      >
        By {visibleText(newer.actor)}, <TimeText iso={newer.at} relative />
        {newer.why === '' ? null : `: ${visibleText(newer.why)}`}. Answers to steps that it has too are kept.
      </Notice>
    </div>
  );
}
