import type { AnswerOf } from '#client/api/call.ts';
import { useChange } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { ButtonLink } from '#client/ui/button-link.tsx';
import { ButtonRow } from '#client/ui/button-row.tsx';
import { Panel } from '#client/ui/page.tsx';
import { Notice } from '#client/ui/states.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { showProblem } from '#client/ui/toast.tsx';
import { dismissWaitingChange } from '#shared/api/rule-editing.ts';
import type { getRule } from '#shared/api/rules.ts';
import { changedRule } from '#shared/rule/rule-changes.ts';
import { RuleDiff } from './query-diff.tsx';
import classes from './rules.module.css';

type Answer = Pick<AnswerOf<typeof getRule>, 'rule' | 'original' | 'waiting'>;

/** A change of a rule that is saved when fields have been read, or was not saved; nothing where there is none. */
export function WaitingChange({ answer: { rule, original, waiting } }: { readonly answer: Answer }) {
  if (!waiting) return null;
  const { at, actor, why, changes, problem } = waiting;
  return (
    <Panel title={problem === null ? 'This change waits to be saved' : 'This change was not saved'}>
      <div className={classes['form']}>
        {problem === null ? null : <Notice tone="medium" title={visibleText(problem)} />}
        <p className="dim">
          by {visibleText(actor)} <TimeText iso={at} relative />
          {why === '' ? null : `: ${visibleText(why)}`}
        </p>
        <RuleDiff before={rule} after={changes === null ? original : changedRule(original, changes)} />
        {problem === null ? (
          <p className="dim">No other change of the rule can be saved before.</p>
        ) : (
          <Unsaved slug={rule.slug} isEditable={changes !== null} />
        )}
      </div>
    </Panel>
  );
}

function Unsaved({ slug, isEditable }: { readonly slug: string; readonly isEditable: boolean }) {
  const dismiss = useChange(dismissWaitingChange, ['rules']);
  return (
    <ButtonRow>
      <Button busy={dismiss.isPending} onClick={() => dismiss.mutate({ params: { slug } }, { onError: showProblem })}>
        Dismiss
      </Button>
      {isEditable ? (
        <ButtonLink to="/rules/$slug/edit" params={{ slug }} search={{ from: 'unsaved' }}>
          Edit it again
        </ButtonLink>
      ) : null}
    </ButtonRow>
  );
}
