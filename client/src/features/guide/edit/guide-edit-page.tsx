import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { useShortcuts } from '#client/stores/shortcuts/use-shortcuts.ts';
import { Button } from '#client/ui/button.tsx';
import { TextArea } from '#client/ui/fields.tsx';
import { IconHistory } from '#client/ui/icons.ts';
import { Page, Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { showUndo } from '#client/ui/toast.tsx';
import { revertRuleGuide, ruleGuide } from '#shared/api/guide.ts';
import type { Guide, GuideStep } from '#shared/guide/guide.ts';
import { faultsOf, newStep, withoutStep, withStep, withStepAt } from './guide-changes.ts';
import { GuideDiff } from './guide-diff.tsx';
import classes from './guide-editor.module.css';
import { GuideHistory } from './guide-history.tsx';
import { SaveGuide } from './save-guide.tsx';
import { StepForm } from './step-form.tsx';
import { StepOrder } from './step-order.tsx';
import { TryStep, useTriedGuide } from './try-step.tsx';

type RuleGuide = AnswerOf<typeof ruleGuide>;

const route = getRouteApi('/rules/$slug/guide');

/** The guide of a rule being edited: its steps, one in a form, and how it looks to an alert. */
export function GuideEditPage() {
  const { slug } = route.useParams();
  const query = useEndpoint(ruleGuide, { params: { slug } }, { calm: true });
  return (
    <QueryView query={query} rows={14}>
      {(answer) => <Editor key={answer.version} slug={slug} answer={answer} onSaved={() => void query.refetch()} />}
    </QueryView>
  );
}

function Editor({
  slug,
  answer,
  onSaved,
}: {
  readonly slug: string;
  readonly answer: RuleGuide;
  readonly onSaved: () => void;
}) {
  const { shipped, version, versions, hints } = answer;
  const start = answer.guide ?? EMPTY;
  const [guide, setGuide] = useState<Guide>(start);
  const [open, setOpen] = useState<string | null>(start.steps[0]?.id ?? null);
  const [history, setHistory] = useState(false);
  const step = guide.steps.find(({ id }) => id === open) ?? null;
  const tried = useTriedGuide(slug, guide, open);
  const problems = tried.query.data?.problems ?? [];
  const faulty = (id: string): boolean =>
    problems.some(
      ({ path, severity }) =>
        severity === 'error' && path.startsWith(`steps.${guide.steps.findIndex((one) => one.id === id)}.`),
    );
  const revert = useChange(revertRuleGuide, ['rules', 'alerts']);
  const done = (what: string, before: number, now: number): void => {
    setHistory(false);
    showUndo(what, async () => {
      await revert.mutateAsync({ params: { slug }, body: { to: before, version: now, why: 'taken back' } });
      onSaved();
    });
    onSaved();
  };
  const openBy = (by: 1 | -1) => (): void =>
    setOpen((now) => guide.steps[guide.steps.findIndex(({ id }) => id === now) + by]?.id ?? now);
  useShortcuts([
    { keys: ']', label: 'Next step', group: 'Move', run: openBy(1) },
    { keys: '[', label: 'Previous step', group: 'Move', run: openBy(-1) },
  ]);
  const add = (): void => {
    const made = newStep(guide.steps, step?.kind ?? 'investigate');
    const place = step ? guide.steps.indexOf(step) + 1 : guide.steps.length;
    setGuide({ ...guide, steps: [...guide.steps.slice(0, place), made, ...guide.steps.slice(place)] });
    setOpen(made.id);
  };
  const remove = (id: string): void => {
    const place = guide.steps.findIndex((one) => one.id === id);
    const rest = withoutStep(guide, id);
    setGuide(rest);
    setOpen(rest.steps[Math.min(place, rest.steps.length - 1)]?.id ?? null);
  };
  return (
    <Page
      title="Edit the guide"
      note={
        <Link to="/rules/$slug" params={{ slug }}>
          Back to the rule
        </Link>
      }
      actions={
        <Button icon={IconHistory} onClick={() => setHistory(true)}>
          Versions
        </Button>
      }
    >
      <div className={classes['columns']}>
        <Panel flush>
          <StepOrder
            guide={guide}
            open={open}
            faulty={faulty}
            onOpen={setOpen}
            onMove={(id, place) => setGuide(withStepAt(guide, id, place))}
            onAdd={add}
            onRemove={remove}
          />
        </Panel>
        <Panel title={step ? 'The step' : 'About this rule'}>
          {step ? (
            <StepForm
              key={step.id}
              step={step}
              hints={hints}
              faultAt={faultsOf(guide, step.id, problems)}
              onChange={(part: Partial<GuideStep>) => setGuide((now) => withStep(now, step.id, part))}
            />
          ) : (
            <About guide={guide} onChange={(part) => setGuide((now) => ({ ...now, ...part }))} />
          )}
        </Panel>
        <div className={classes['column']}>
          <SaveGuide
            slug={slug}
            guide={guide}
            version={version}
            ready={guide !== start && tried.current && !problems.some(({ severity }) => severity === 'error')}
            onSaved={(now) => done('Saved: new alerts follow it', version, now)}
          />
          <Panel title="Against the shipped guide">
            {shipped ? (
              <GuideDiff before={shipped} after={guide} />
            ) : (
              <p className="dim">The rule was shipped without a guide.</p>
            )}
          </Panel>
          <TryStep step={step} tried={tried} />
        </div>
      </div>
      {history ? (
        <GuideHistory
          slug={slug}
          shipped={shipped}
          versions={versions}
          onDone={done}
          onClose={() => setHistory(false)}
        />
      ) : null}
    </Page>
  );
}

const EMPTY: Guide = { summary: '', caution: '', steps: [newStep([], 'investigate')] };

function About({
  guide,
  onChange,
}: {
  readonly guide: Guide;
  readonly onChange: (part: Pick<Guide, 'summary'> | Pick<Guide, 'caution'>) => void;
}) {
  return (
    <div className={classes['form']}>
      <TextArea
        label="What the rule is about"
        hint="For someone who meets it first; Markdown"
        rows={6}
        value={guide.summary}
        onChange={(summary) => onChange({ summary })}
      />
      <TextArea
        label="Caution"
        hint="Markdown"
        rows={3}
        value={guide.caution}
        onChange={(caution) => onChange({ caution })}
      />
    </div>
  );
}
