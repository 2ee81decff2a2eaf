import { useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useChange } from '#client/api/use-endpoint.ts';
import { showUndo } from '#client/ui/toast.tsx';
import { importFile, undoImport } from '#shared/api/exception-exchange.ts';
import { checkRuleText } from '#shared/api/rule-editing.ts';
import { plural } from '#shared/base/counts.ts';
import { linesOf } from './exception-lines.tsx';

interface Choices {
  /** Lines of rules that are not wanted. */
  readonly left: ReadonlySet<number>;
  readonly overwrite: boolean;
  readonly asNewList: boolean;
}
type FoundRules = AnswerOf<typeof checkRuleText>['rules'];

const UNTOUCHED: Choices = { left: new Set(), overwrite: false, asNewList: false };

const bodyOf = ({ left, ...how }: Choices, rules: FoundRules, text: string) => ({
  ...how,
  text,
  rules: rules.filter(({ ok, line }) => ok && !left.has(line)).map(({ line }) => line),
});

/** A text that is looked at, what is chosen of what is in it, and its import. */
export function useImport() {
  const [text, setText] = useState('');
  const [choices, setChoices] = useState(UNTOUCHED);
  const check = useChange(checkRuleText, []);
  const plan = useChange(importFile, []);
  const take = useChange(importFile, ['exceptions', 'rules']);
  const undo = useChange(undoImport, ['exceptions', 'rules']);
  /** What the answers are about: the field may have been typed in since. */
  const checked = check.variables?.body.text ?? '';
  const refused = new Set(plan.data ? linesOf(plan.data).map(({ line }) => line) : []);
  // A line that nobody can read is said once, among the others that are no rules.
  const rules = (check.data?.rules ?? []).filter(({ name, line }) => name !== null || !refused.has(line));
  const body = bodyOf(choices, rules, checked);

  const choose = (change: Partial<Choices>): void => {
    const next = { ...choices, ...change };
    setChoices(next);
    plan.mutate({ body: { ...bodyOf(next, rules, checked), dryRun: true } });
  };
  const want = (line: number, on: boolean): void => {
    const left = new Set(choices.left);
    if (on) left.delete(line);
    else left.add(line);
    choose({ left });
  };
  const look = (given: string): void => {
    setText(given);
    take.reset();
    plan.reset();
    check.mutate(
      { body: { text: given } },
      {
        onSuccess: ({ rules: found }) => {
          // A second of what is here already is seldom meant.
          const left = new Set(found.filter(({ present }) => present !== null).map(({ line }) => line));
          setChoices({ ...UNTOUCHED, left });
          plan.mutate({ body: { ...bodyOf({ ...UNTOUCHED, left }, found, given), dryRun: true } });
        },
      },
    );
  };
  /** Gives what to say. */
  const putBack = async (id: string): Promise<string> => {
    const { restored, skipped } = await undo.mutateAsync({ params: { id } });
    const rest = skipped === 0 ? '' : ` ${plural(skipped, 'other')} stay: somebody has changed them since.`;
    look(checked);
    return `${plural(restored, 'line')} put back.${rest}`;
  };
  const run = (): void =>
    take.mutate(
      { body: { ...body, dryRun: false } },
      { onSuccess: ({ undo: token }) => token !== null && showUndo('Imported', () => putBack(token)) },
    );
  return {
    ...{ text, setText, checked, rules, choices, wanted: body.rules },
    ...{ check, plan, take, undo },
    ...{ choose, want, look, putBack, run },
  };
}
export type Import = ReturnType<typeof useImport>;
