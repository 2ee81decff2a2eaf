import { useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { VERDICT_WORDS } from '#client/format/words.ts';
import { Button } from '#client/ui/button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Failure, Notice, ProgressBar } from '#client/ui/states.tsx';
import { type Alert, type Verdict, verdictSchema } from '#shared/alert/alert.ts';
import { alertGuide } from '#shared/api/guide.ts';
import classes from './guide.module.css';
import { NewerGuide } from './newer-guide.tsx';
import { untouched } from './step-draft.ts';
import { StepList } from './step-list.tsx';
import { StepView } from './step-view.tsx';
import { useRecheck } from './use-recheck.ts';

type GuideAnswer = AnswerOf<typeof alertGuide>;

interface GuideProps {
  readonly alert: Alert;
  readonly onException: (step: string) => void;
  readonly onVerdict: (verdict: Verdict) => void;
}

/** The investigation guide of an alert: what to ask, what was found, what to do. */
export function GuidePanel(props: GuideProps) {
  const query = useEndpoint(alertGuide, { params: { id: props.alert.id } });
  return <QueryView query={query}>{(answer) => <Guide key={props.alert.id} answer={answer} {...props} />}</QueryView>;
}

function Guide({ answer, alert, onException, onVerdict }: GuideProps & { readonly answer: GuideAnswer }) {
  const { guide, states, suggestion, newer, left } = answer;
  const recheck = useRecheck(
    alert,
    states.some(({ finding }) => finding !== null),
  );
  const stateOf = (id: string) => states.find(({ step }) => step === id) ?? untouched(id);
  const answered = guide.steps.filter(({ id }) => stateOf(id).finding !== null).length;
  const stale = guide.steps.filter(({ id }) => stateOf(id).changes.length > 0).length;
  const [open, setOpen] = useState(
    () => (guide.steps.find(({ id }) => stateOf(id).finding === null) ?? guide.steps[0])?.id,
  );
  const at = guide.steps.findIndex(({ id }) => id === open);
  const step = guide.steps[at];
  return (
    <div className={classes['guide']}>
      <div className={classes['progress']}>
        <ProgressBar label="Steps answered" share={answered / guide.steps.length} tone="good" />
        <span>{`${answered} of ${guide.steps.length} steps answered${stale > 0 ? `, ${stale} out of date` : ''}`}</span>
      </div>
      {newer ? <NewerGuide alertId={alert.id} newer={newer} /> : null}
      {recheck.isError ? (
        <div className={classes['suggestion']}>
          <Failure error={recheck.error} retry={() => void recheck.refetch()} />
        </div>
      ) : null}
      {suggestion && alert.status !== 'closed' ? (
        <div className={classes['suggestion']}>
          <Suggestion suggestion={suggestion} onVerdict={onVerdict} />
        </div>
      ) : null}
      <div className={classes['columns']}>
        <StepList guide={guide} stateOf={stateOf} left={left} open={open ?? null} onOpen={setOpen} />
        {step ? (
          <StepView
            key={step.id}
            alert={alert}
            step={step}
            state={stateOf(step.id)}
            hints={answer.hints[step.id] ?? []}
            fields={answer.fields[step.id] ?? []}
            question={answer.queries[step.id] ?? null}
            commands={answer.commands[step.id] ?? []}
            onException={() => onException(step.id)}
            onNext={at < guide.steps.length - 1 ? () => setOpen(guide.steps[at + 1]?.id) : null}
          />
        ) : null}
      </div>
    </div>
  );
}

function Suggestion({
  suggestion,
  onVerdict,
}: {
  readonly suggestion: NonNullable<GuideAnswer['suggestion']>;
  readonly onVerdict: (verdict: Verdict) => void;
}) {
  const verdict = verdictSchema.safeParse(suggestion.verdict);
  return (
    <Notice
      title={`The findings so far suggest: ${verdict.success ? VERDICT_WORDS[verdict.data].toLowerCase() : suggestion.verdict}`}
      action={verdict.success ? <Button onClick={() => onVerdict(verdict.data)}>Close with it</Button> : undefined}
    >
      {suggestion.reason}
    </Notice>
  );
}
