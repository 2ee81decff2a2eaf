import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { useShortcuts } from '#client/stores/shortcuts/use-shortcuts.ts';
import { Button } from '#client/ui/button.tsx';
import { IconHistory } from '#client/ui/icons.ts';
import { Page, Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { showUndo } from '#client/ui/toast.tsx';
import { revertRuleGuide, ruleGuide } from '#shared/api/guide.ts';
import { AboutForm } from './about-form.tsx';
import { faultsOf, placeOf } from './guide-changes.ts';
import { GuideDiff } from './guide-diff.tsx';
import classes from './guide-editor.module.css';
import { GuideHistory } from './guide-history.tsx';
import { SaveGuide } from './save-guide.tsx';
import { StepForm } from './step-form.tsx';
import { StepOrder } from './step-order.tsx';
import { TryStep, useTriedGuide } from './try-step.tsx';
import { useGuideDraft } from './use-guide-draft.ts';

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
  answer: { guide: saved, shipped, version, versions, hints },
  onSaved,
}: {
  readonly slug: string;
  readonly answer: RuleGuide;
  readonly onSaved: () => void;
}) {
  const draft = useGuideDraft(saved);
  const { guide, step } = draft;
  const [history, setHistory] = useState(false);
  const tried = useTriedGuide(slug, guide, step?.id ?? null);
  const problems = tried.query.data?.problems ?? [];
  const errors = problems.filter(({ severity }) => severity === 'error');
  const revert = useChange(revertRuleGuide, ['rules', 'alerts']);
  const done = (what: string, before: number, now: number): void => {
    setHistory(false);
    showUndo(what, async () => {
      await revert.mutateAsync({ params: { slug }, body: { to: before, version: now, why: 'taken back' } });
      onSaved();
    });
    onSaved();
  };
  useShortcuts([
    { keys: ']', label: 'Next step', group: 'Move', run: () => draft.openNext(1) },
    { keys: '[', label: 'Previous step', group: 'Move', run: () => draft.openNext(-1) },
  ]);
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
            open={step?.id ?? null}
            faulty={(id) => errors.some(({ path }) => path.startsWith(`steps.${placeOf(guide, id)}.`))}
            onOpen={draft.open}
            onMove={draft.move}
            onAdd={draft.add}
            onRemove={draft.remove}
          />
        </Panel>
        <Panel title={step ? 'The step' : 'About this rule'}>
          {step ? (
            <StepForm
              key={step.id}
              step={step}
              hints={hints}
              faultAt={faultsOf(guide, step.id, problems)}
              onChange={(part) => draft.changeStep(step.id, part)}
            />
          ) : (
            <AboutForm words={guide} onChange={draft.changeWords} />
          )}
        </Panel>
        <div className={classes['column']}>
          <SaveGuide
            slug={slug}
            guide={guide}
            version={version}
            ready={draft.isChanged && tried.current && errors.length === 0}
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
