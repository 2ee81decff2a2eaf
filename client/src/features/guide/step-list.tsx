import { FINDING_WORDS } from '#client/format/words.ts';
import { IconAlertTriangle, IconCircle, IconCircleCheck, IconCircleDashed } from '#client/ui/icons.ts';
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
  open,
  onOpen,
}: {
  readonly guide: Guide;
  readonly stateOf: (id: string) => StepState;
  readonly open: string | null;
  readonly onOpen: (id: string) => void;
}) {
  return (
    <nav className={classes['list']} aria-label="Steps">
      <details className={classes['about']}>
        <summary>About this rule</summary>
        <p>{guide.summary}</p>
        <p className="dim">{guide.caution}</p>
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
  const Icon = state.finding === null ? IconCircle : ICONS[state.finding];
  const marks = [
    state.finding === null ? null : FINDING_WORDS[state.finding],
    state.note === '' ? null : 'note',
    state.evidence.length === 0 ? null : `${state.evidence.length} pinned`,
  ].filter((mark) => mark !== null);
  return (
    <button
      type="button"
      className={classes['stepButton']}
      aria-current={current ? 'step' : undefined}
      data-finding={state.finding}
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
