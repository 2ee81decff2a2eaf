import { type Guide, type GuideStep, USUAL_FINDINGS } from './guide.ts';
import { fieldsNamedIn, plainText } from './plain-markdown.ts';

/**
 * The guide that a rule's Markdown `note` holds, as Elastic's rules write them: what stands below headings about investigation
 * steps, false positives, and response or remediation becomes steps, one a bullet; what is nested below a bullet explains it.
 * Null where there is no such heading with anything below it.
 */
export function guideOfNote(note: string): Guide | null {
  const sections = sectionsOf(note);
  const steps = sections
    .flatMap(({ heading, lines }) => {
      const kind = kindOf(heading);
      return kind ? itemsOf(lines).map((item) => ({ kind, item })) : [];
    })
    .slice(0, MOST_STEPS)
    .map(({ kind, item }, index) => stepOf(kind, item, index + 1));
  if (steps.length === 0) return null;
  const prose = sections.filter(({ heading }) => kindOf(heading) === null).flatMap(({ lines }) => lines);
  const [quoted, told] = [prose.filter(isQuote), prose.filter((line) => !isQuote(line) && !isBullet(line))];
  return {
    summary: shortened(plainText(told.join(' ')), LONGEST_TEXT),
    caution: shortened(plainText(quoted.map((line) => line.replace(/^\s*>\s?/, '')).join(' ')), LONGEST_TEXT),
    steps,
  };
}

/** More than any guide has; who writes more is testing limits. */
const MOST_STEPS = 80;
const LONGEST_TEXT = 4000;
const LONGEST_TITLE = 90;

interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

const HEADING = /^#{1,6}\s+(.*)$/;

function sectionsOf(note: string): readonly Section[] {
  const sections: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  for (const line of note.split(/\r?\n/)) {
    const heading = HEADING.exec(line)?.[1];
    if (heading !== undefined) sections.push({ heading: plainText(heading), lines: [] });
    else if (!isDirective(line)) sections.at(-1)?.lines.push(line);
  }
  return sections;
}

/** Calls of Kibana's plug-ins: `!{osquery{…}}`, `$osquery_0`. */
const isDirective = (line: string): boolean => /^\s*(?:[-*]\s+)?(?:!\{|\$(?:osquery|investigate)_\d)/.test(line);
const isQuote = (line: string): boolean => /^\s*>/.test(line);
const BULLET = /^(\s*)(?:[-*+]|\d{1,3}[.)])\s+(.*)$/;
const isBullet = (line: string): boolean => BULLET.test(line);

function kindOf(heading: string): GuideStep['kind'] | null {
  if (/false positive/i.test(heading)) return 'false-positive';
  if (/respon(?:se|d)|remediat/i.test(heading)) return 'respond';
  return /(?:investigation|triage) steps?|steps to investigate/i.test(heading) ? 'investigate' : null;
}

interface Item {
  readonly text: string;
  readonly below: readonly string[];
}

/** Bullets of the outermost level with what is nested below each; of a section without bullets, its paragraphs. */
function itemsOf(lines: readonly string[]): readonly Item[] {
  const bullets = lines.flatMap((line) => BULLET.exec(line)?.[1]?.length ?? []);
  if (bullets.length === 0) return paragraphsOf(lines).map((text) => ({ text, below: [] }));
  const outermost = Math.min(...bullets);
  const items: { text: string; below: string[] }[] = [];
  for (const line of lines) {
    const [, indent, text] = BULLET.exec(line) ?? [];
    if (indent?.length === outermost && text !== undefined) items.push({ text, below: [] });
    else if (line.trim() !== '') items.at(-1)?.below.push(text ?? line);
  }
  return items.filter(({ text }) => plainText(text) !== '');
}

const paragraphsOf = (lines: readonly string[]): readonly string[] =>
  lines
    .join('\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll('\n', ' ').trim())
    .filter((paragraph) => paragraph !== '');

function stepOf(kind: GuideStep['kind'], { text, below }: Item, number: number): GuideStep {
  const ask = shortened(plainText(text), LONGEST_TEXT);
  const fields = fieldsNamedIn([text, ...below].join('\n'));
  return {
    id: `note-${number}`,
    kind,
    title: shortened(ask.split(/(?<=[.:;])\s/)[0] ?? ask, LONGEST_TITLE).replace(/[.:;]$/, ''),
    ask,
    detail: shortened(below.map(plainText).join(' '), LONGEST_TEXT),
    fields: [...fields],
    query: null,
    hints: [],
    conditions: [],
    findings: [...USUAL_FINDINGS[kind]],
    notCovered: null,
    exceptionFields: kind === 'false-positive' ? [...fields] : [],
    commands: [],
  };
}

const shortened = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
