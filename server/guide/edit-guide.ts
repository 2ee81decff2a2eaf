import type * as z from 'zod';
import { addGuideVersion } from '#server/alerts/guide-versions.ts';
import { readMadeByUsers } from '#server/alerts/rule-book.ts';
import { notFound, Refusal } from '#server/refusal.ts';
import type { Author } from '#server/state/activity.ts';
import type { checkGuide as checkEndpoint, GuideProblem, ruleGuide } from '#shared/api/guide.ts';
import { checkGuide } from '#shared/guide/check-guide.ts';
import type { Guide, GuideStep } from '#shared/guide/guide.ts';
import { HINTS } from '#shared/guide/hints.ts';
import { commandsOf, entriesOf, fieldsOf, questionOf, seenOf } from './step-facts.ts';
import { type GuideContext, hintInputOf, loadSubject } from './subject.ts';

type Checked = z.output<typeof checkEndpoint.response>;

/** The guide of a rule, and every state that it was in. */
export function readRuleGuide(
  { rules }: Pick<GuideContext, 'rules'>,
  slug: string,
): z.output<typeof ruleGuide.response> {
  const { guide, shippedGuide, guideVersions } = rules.get(slug);
  return {
    guide,
    shipped: shippedGuide,
    version: guideVersions[0]?.version ?? 0,
    versions: guideVersions.map(({ rule: _rule, ...version }) => version),
    hints: [...HINTS.keys()],
  };
}

export interface GuideChange {
  /** Null: as it was shipped. */
  readonly guide: Guide | null;
  /** That it was read with. */
  readonly version: number;
  readonly why: string;
}

/** Keeps a guide as the one in force; refuses one that would fail its reader. Gives its version. */
export async function saveGuide(
  { state, store, rules }: GuideContext,
  author: Author,
  slug: string,
  { guide, version, why }: GuideChange,
): Promise<number> {
  rules.get(slug);
  const faults = guide ? checkGuide(guide, store.catalogue).filter(({ severity }) => severity === 'error') : [];
  if (faults.length > 0) {
    throw new Refusal('invalid-request', 'The guide cannot be used as it stands.', {
      details: faults.map(({ path, message }) => ({ path: `body.guide.${path}`, message })),
    });
  }
  const saved = await state
    .transaction()
    .execute((transaction) => addGuideVersion(transaction, author, { rule: slug, since: version, why, guide }));
  rules.load(await readMadeByUsers(state));
  return saved;
}

/** Puts a guide back to how it was at a version, as a version of its own. */
export function revertGuide(
  context: GuideContext,
  author: Author,
  slug: string,
  { to, version, why }: { readonly to: number; readonly version: number; readonly why: string },
): Promise<number> {
  const found = context.rules.get(slug).guideVersions.find((one) => one.version === to);
  if (to !== 0 && !found) throw notFound('version');
  const words = to === 0 || !found?.guide ? why : `Back to version ${to}. ${why}`.trim();
  return saveGuide(context, author, slug, { guide: found?.guide ?? null, version, why: words });
}

/** What is wrong with a draft, and one of its steps as an analyst would see it with a stored alert. */
export async function tryGuide(
  context: GuideContext,
  author: Author,
  { guide, step: wanted, alert }: z.output<typeof checkEndpoint.body>,
): Promise<Checked> {
  const problems: GuideProblem[] = [...checkGuide(guide, context.store.catalogue)];
  const index = guide.steps.findIndex(({ id }) => id === wanted);
  const step = guide.steps[index];
  const ofStep = problems.filter(({ path }) => path.startsWith(`steps.${index}.`));
  if (!step || alert === null || ofStep.some(({ severity }) => severity === 'error'))
    return { problems, preview: null };
  return { problems, preview: await previewOf(context, author, step, alert) };
}

async function previewOf(context: GuideContext, author: Author, step: GuideStep, alert: string) {
  const { store } = context;
  const subject = await loadSubject(context, alert);
  const seen = await seenOf(step, subject, store, await hintInputOf(store, subject), author.now);
  return {
    hints: seen.hints,
    fields: fieldsOf(step, subject),
    query: questionOf(step, subject),
    rows: seen.rows,
    commands: commandsOf(step, subject),
    exceptionEntries: entriesOf(step, subject, store),
  };
}
