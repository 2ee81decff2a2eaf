import { TextArea } from '#client/ui/fields/text-area.tsx';
import type { Guide } from '#shared/guide/guide.ts';
import classes from './guide-editor.module.css';

type Words = Pick<Guide, 'summary' | 'caution'>;

/** What a guide says before its steps. */
export function AboutForm({
  words: { summary, caution },
  onChange,
}: {
  readonly words: Words;
  readonly onChange: (part: Partial<Words>) => void;
}) {
  return (
    <div className={classes['form']}>
      <TextArea
        label="What the rule is about"
        hint="For someone who meets it first; Markdown"
        rows={6}
        value={summary}
        onChange={(next) => onChange({ summary: next })}
      />
      <TextArea
        label="Caution"
        hint="Markdown"
        rows={3}
        value={caution}
        onChange={(next) => onChange({ caution: next })}
      />
    </div>
  );
}
