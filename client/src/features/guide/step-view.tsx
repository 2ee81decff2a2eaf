import { Button } from '#client/ui/button.tsx';
import { CodeBlock } from '#client/ui/code-block.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { IconShieldOff } from '#client/ui/icons.ts';
import { Markdown } from '#client/ui/markdown.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { showUndo } from '#client/ui/toast.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import type { GuideStep, StepState } from '#shared/guide/guide.ts';
import type { Hint } from '#shared/guide/hint.ts';
import { EvidenceList } from './evidence-list.tsx';
import { FindingButtons } from './finding-buttons.tsx';
import classes from './guide.module.css';
import { HintList } from './hint-list.tsx';
import { OutOfDate } from './out-of-date.tsx';
import { SaveLine } from './save-line.tsx';
import type { StepDraft } from './step-draft.ts';
import { StepFields } from './step-fields.tsx';
import { type Question, StepQuery } from './step-query.tsx';
import { useStepDraft } from './use-step-draft.ts';

/** One step: the question, what bears on it, the answer. */
export function StepView({
  alert,
  step,
  state,
  hints,
  fields,
  question,
  commands,
  onException,
  onNext,
}: {
  readonly alert: Alert;
  readonly step: GuideStep;
  readonly state: StepState;
  readonly hints: readonly Hint[];
  readonly fields: readonly { readonly field: string; readonly values: readonly string[] }[];
  /** The step's query with the alert's values in it. */
  readonly question: Question | null;
  readonly commands: readonly { readonly label: string; readonly command: string }[];
  readonly onException: () => void;
  readonly onNext: (() => void) | null;
}) {
  const { draft, state: saving, change, confirm, save } = useStepDraft(alert.id, state);
  /** What is decided by a press can be taken back by one. */
  const decide = (next: Partial<StepDraft>, words: string): void => {
    const { finding, evidence } = draft;
    change(next, 'once');
    showUndo(words, async () => change('finding' in next ? { finding } : { evidence }, 'once'));
  };
  return (
    <article className={classes['step']} aria-label={step.title}>
      <h2>{step.title}</h2>
      <div className={classes['ask']}>
        <Markdown text={step.ask} />
      </div>
      {step.detail === '' ? null : (
        <div className="dim">
          <Markdown text={step.detail} />
        </div>
      )}
      {state.changes.length > 0 ? <OutOfDate changes={state.changes} onConfirm={confirm} /> : null}
      <HintList hints={hints} />
      <StepFields fields={fields} />
      {step.query && question ? (
        <StepQuery
          alertId={alert.id}
          step={step.id}
          reading={step.query.reading}
          question={question}
          pinned={draft.evidence.map(({ event }) => event)}
          onPin={(evidence) => decide({ evidence: [...draft.evidence, evidence] }, 'Pinned as evidence')}
        />
      ) : null}
      {step.notCovered ? (
        <p className={classes['notCovered']}>
          <b>Not covered:</b> {step.notCovered}
        </p>
      ) : null}
      {commands.map(({ label, command }) => (
        <CodeBlock key={label} label={label} text={command} />
      ))}
      <EvidenceList
        evidence={draft.evidence}
        onUnpin={(event) =>
          decide({ evidence: draft.evidence.filter((row) => row.event !== event) }, 'No longer pinned as evidence')
        }
      />
      <FindingButtons
        step={step}
        finding={draft.finding}
        onChange={(finding) => decide({ finding }, finding === null ? 'Answer taken off' : 'Answer kept')}
      />
      <TextArea
        label="Note"
        placeholder="What you saw, and where. Saved by itself."
        rows={3}
        value={draft.note}
        onChange={(note) => change({ note }, 'pause')}
        onBlur={() => saving.kind === 'waiting' && save()}
      />
      <footer className={classes['footer']}>
        <SaveLine state={saving} onRetry={save} />
        {state.author && state.updatedAt ? (
          <span className="dim">
            last by {state.author}, <TimeText iso={state.updatedAt} />
          </span>
        ) : null}
        <span className={classes['next']}>
          {step.kind === 'false-positive' ? (
            <Button icon={IconShieldOff} onClick={onException}>
              Create exception
            </Button>
          ) : null}
          {onNext ? <Button onClick={onNext}>Next step</Button> : null}
        </span>
      </footer>
    </article>
  );
}
