import { visibleText } from '#client/format/hostile.ts';
import { FINDING_WORDS } from '#client/format/words.ts';
import { IconAlertTriangle, IconCircle, IconCircleCheck, IconCircleDashed, IconHistory } from '#client/ui/icons.ts';
import { Markdown } from '#client/ui/markdown.tsx';
import type { Finding, Guide, GuideStep, StepState } from '#shared/guide/guide.ts';
import classes from './guide.module.css';

const KINDS: readonly { readonly kind: GuideStep['kind']; readonly title: string }[] = [
  { kind: 'investigate', title: 'Investigate' },
  { kind: 'false-positive', title: 'False positives' },
  { kind: 'respond', title: 'Respond' },
];

const ICONS: Readonly<Record<Finding, typeof IconCircle>> = {
  expected: IconCircleCheck,
  suspicious: IconAlertTriangle,
  'not-applicable': IconCircleDashed,
  unknown: IconCircleDashed,
  done: IconCircleCheck,
};

/** The guide as a checklist, by kind of step, with how many of each are answered. */
export function StepList({
  guide,
  stateOf,
  left,
  open,
  onOpen,
}: {
  readonly guide: Guide;
  /** Answers to steps that the guide no longer has. */
  readonly left: readonly StepState[];
  readonly stateOf: (id: string) => StepState;
  readonly open: string | null;
  readonly onOpen: (id: string) => void;
}) {
  return (
    <nav className={classes['list']} aria-label="Steps">
      <details className={classes['about']}>
        <summary>About this rule</summary>
        <Markdown text={guide.summary} />
        <div className="dim">
          <Markdown text={guide.caution} />
        </div>
      </details>
      {KINDS.map(({ kind, title }) => {
        const steps = guide.steps.filter((step) => step.kind === kind);
        if (steps.length === 0) return null;
        const answered = steps.filter(({ id }) => stateOf(id).finding !== null).length;
        return (
          <section key={kind}>
            <h3>
              {title} <span>{`${answered} of ${steps.length}`}</span>
            </h3>
            <ol>
              {steps.map((step) => (
                <li key={step.id}>
                  <StepButton step={step} state={stateOf(step.id)} current={step.id === open} onOpen={onOpen} />
                </li>
              ))}
            </ol>
          </section>
        );
      })}
      {left.length > 0 ? (
        <section className={classes['left']}>
          <h3>Answers to steps that are gone</h3>
          <ul>
            {left.map(({ step, finding, note, author }) => (
              <li key={step}>
                <code>{step}</code> {finding === null ? 'no answer' : FINDING_WORDS[finding].toLowerCase()}
                {author === null ? null : `, ${visibleText(author)}`}
                {note === '' ? null : `: ${visibleText(note)}`}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </nav>
  );
}

function StepButton({
  step,
  state,
  current,
  onOpen,
}: {
  readonly step: GuideStep;
  readonly state: StepState;
  readonly current: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const stale = state.changes.length > 0;
  const Icon = state.finding === null ? IconCircle : stale ? IconHistory : ICONS[state.finding];
  const marks = [
    stale ? 'out of date' : null,
    state.finding === null ? null : FINDING_WORDS[state.finding],
    state.note === '' ? null : 'note',
    state.evidence.length === 0 ? null : `${state.evidence.length} pinned`,
  ].filter((mark) => mark !== null);
  return (
    <button
      type="button"
      className={classes['stepButton']}
      aria-current={current ? 'step' : undefined}
      data-finding={stale ? 'stale' : state.finding}
      onClick={() => onOpen(step.id)}
    >
      <Icon size={15} stroke={1.9} />
      <span>
        {step.title}
        {marks.length > 0 ? <small>{marks.join(', ')}</small> : null}
      </span>
    </button>
  );
}
