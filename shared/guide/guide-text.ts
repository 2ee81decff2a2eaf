import { FINDING_WORDS } from './finding-words.ts';
import type { Guide, GuideStep } from './guide.ts';

/** A guide line by line, to compare two states of it; what is empty has no line. */
export const guideText = ({ summary, caution, steps }: Guide): string =>
  [
    ...lines([
      ['About', summary],
      ['Caution', caution],
    ]),
    ...steps.flatMap((step) => ['', ...stepLines(step)]),
  ].join('\n');

const stepLines = (step: GuideStep): readonly string[] => [
  `# ${step.title} (${step.kind}, ${step.id})`,
  ...lines([
    ['Asks', step.ask],
    ['Why', step.detail],
    ['Shows', step.fields.join(', ')],
    ...(step.query
      ? ([
          ['Query', step.query.kql],
          ['Window', `${step.query.before} before to ${step.query.after} after`],
          ['Columns', step.query.columns.join(', ')],
          ['Reading', step.query.reading],
        ] as const)
      : []),
    ['Hints', step.hints.join(', ')],
    ...step.conditions.map(({ kql, leaning, reason }) => ['Hint', `${leaning} where ${kql}: ${reason}`] as const),
    ['Answers', step.findings.map((finding) => FINDING_WORDS[finding]).join(', ')],
    ['Not covered', step.notCovered ?? ''],
    ['Exception', step.exceptionFields.join(', ')],
    ...step.commands.map(({ label, command }) => ['Command', `${label}: ${command}`] as const),
  ]),
];

const lines = (named: readonly (readonly [name: string, text: string])[]): readonly string[] =>
  named.filter(([, text]) => text.trim() !== '').map(([name, text]) => `${name}: ${text.trim()}`);
