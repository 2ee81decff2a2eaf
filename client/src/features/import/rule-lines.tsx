import { type ReactNode, useState } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { CheckField } from '#client/ui/fields/check-field.tsx';
import { IconPlayerPlay } from '#client/ui/icons.ts';
import { SeverityMark, Tag } from '#client/ui/marks.tsx';
import rows from '#client/ui/rows.module.css';
import type { CheckedRule } from '#shared/api/rule-editing.ts';
import classes from './import.module.css';

/** What each rule of a text would come to: one that cannot be evaluated says why, and is not taken. */
export function RuleLines({
  text,
  rules,
  preview,
  isWanted,
  onWant,
}: {
  /** What the rules are from. */
  readonly text: string;
  readonly rules: readonly CheckedRule[];
  /** What a rule would do, by its text. */
  readonly preview: (text: string) => ReactNode;
  readonly isWanted: (line: number) => boolean;
  readonly onWant: (line: number, on: boolean) => void;
}) {
  return (
    <ul className={rows['marked']}>
      {rules.map((rule) => (
        <li key={rule.line}>
          <Tag tone={rule.ok ? 'good' : 'critical'}>{rule.ok ? 'ok' : 'cannot run'}</Tag>
          <div className={classes['grow']}>
            {rule.ok ? (
              <CheckField
                label={<b>{titleOf(rule)}</b>}
                checked={isWanted(rule.line)}
                onChange={(on) => onWant(rule.line, on)}
              />
            ) : (
              <b>{titleOf(rule)}</b>
            )}
            <p className={classes['tags']}>
              <span className="dim">line {rule.line}</span>
              {rule.type ? <Tag>{visibleText(rule.type)}</Tag> : null}
              {rule.severity ? <SeverityMark severity={rule.severity} /> : null}
              {rule.enabled ? null : <Tag>switched off where it comes from</Tag>}
              {rule.present ? (
                <Tag tone="medium">here already as {visibleText(rule.present)}: added beside it</Tag>
              ) : null}
              {rule.unsupported.map((name) => (
                <Tag key={name} tone={rule.ok ? 'medium' : 'critical'}>
                  unsupported: {visibleText(name)}
                </Tag>
              ))}
            </p>
            {rule.otherFields.length > 0 ? (
              <p className="dim">
                It reads fields that the events of this console do not have yet:{' '}
                {visibleText(rule.otherFields.join(', '))}. The import reads them from all records, stored ones too.
              </p>
            ) : null}
            {rule.ok ? <Preview show={() => preview(ruleText(text, rule.line))} /> : null}
            {rule.diagnostics.map((problem) => (
              <p key={`${problem.line}:${problem.column} ${problem.message}`} data-severity={problem.severity}>
                <code>
                  {problem.line}:{problem.column}
                </code>{' '}
                {visibleText(problem.message)} {problem.remedy ? visibleText(problem.remedy) : null}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

const titleOf = ({ name }: CheckedRule): string => (name === null ? 'A rule without a name' : visibleText(name));

/** A file holds one rule; of an export each line is one. */
const ruleText = (text: string, line: number): string =>
  text.trimStart().startsWith('{') ? (text.split('\n')[line - 1] ?? '') : text;

function Preview({ show }: { readonly show: () => ReactNode }) {
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <Button look="quiet" icon={IconPlayerPlay} onClick={() => setOpen(true)}>
        Preview over stored events
      </Button>
    );
  }
  return show();
}
