import type { ReactNode } from 'react';
import { Button } from '#client/ui/button.tsx';
import { CheckField } from '#client/ui/fields/check-field.tsx';
import { Panel, Toolbar } from '#client/ui/page.tsx';
import { plural } from '#shared/base/counts.ts';
import { ExceptionLines, linesOf, summaryOf } from './exception-lines.tsx';
import classes from './import.module.css';
import { RuleLines } from './rule-lines.tsx';
import type { Import } from './use-import.ts';

/** What is in the text: rules to choose from, lists and exceptions with what would come of them, and the button that takes it. */
export function Found({ of, preview }: { readonly of: Import; readonly preview: (text: string) => ReactNode }) {
  const { rules, checked, choices, wanted, plan, take } = of;
  const connectors = of.check.data?.rest.connectors ?? 0;
  const lines = plan.data ? linesOf(plan.data) : [];
  const taken = lines.filter(({ outcome }) => outcome !== 'refused').length;
  return (
    <>
      {rules.length > 0 ? (
        <Panel flush title={`${plural(rules.length, 'rule')}, ${rules.filter(({ ok }) => ok).length} can be evaluated`}>
          <RuleLines
            text={checked}
            rules={rules}
            preview={preview}
            isWanted={(line) => !choices.left.has(line)}
            onWant={of.want}
          />
        </Panel>
      ) : null}
      {lines.length > 0 ? <Lines of={of} /> : null}
      {connectors > 0 ? (
        <p className="dim">Left out: {plural(connectors, 'connector')}, which this console has not.</p>
      ) : null}
      <Toolbar label="Take it">
        <Button
          look="primary"
          disabled={wanted.length + taken === 0 || plan.isPending}
          busy={take.isPending}
          onClick={of.run}
        >
          Import {wordsFor(wanted.length, taken)}
        </Button>
      </Toolbar>
    </>
  );
}

function Lines({ of: { plan, choices, choose } }: { readonly of: Import }) {
  if (!plan.data) return null;
  return (
    <Panel title="Lists and exceptions">
      <section className={classes['form']} aria-label="What the import would do" aria-busy={plan.isPending}>
        <p>
          It would <b>{summaryOf(plan.data, ['add', 'replace', 'refuse'])}</b>.
        </p>
        <div className={classes['choices']}>
          <CheckField
            label="Replace what is here already"
            checked={choices.overwrite}
            onChange={(overwrite) => choose({ overwrite })}
          />
          <CheckField
            label="Make new lists of it"
            checked={choices.asNewList}
            onChange={(asNewList) => choose({ asNewList })}
          />
        </div>
        <ExceptionLines report={plan.data} />
      </section>
    </Panel>
  );
}

const wordsFor = (rules: number, lines: number): string => {
  const parts = [
    ...(rules > 0 ? [plural(rules, 'rule')] : []),
    ...(lines > 0 ? [`${plural(lines, 'line')} of lists and exceptions`] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : 'nothing';
};
