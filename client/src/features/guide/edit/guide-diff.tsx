import { LineDiff } from '#client/ui/line-diff.tsx';
import type { Guide } from '#shared/guide/guide.ts';
import { guideText } from '#shared/guide/guide-text.ts';
import { diffLines } from '#shared/rule/line-diff.ts';

/** Unchanged lines around a change. */
const NEAR = 1;

const textOf = (guide: Guide | null): string => (guide ? guideText(guide) : '');

/** How two guides differ, as text line by line. */
export function GuideDiff({ before, after }: { readonly before: Guide | null; readonly after: Guide | null }) {
  const lines = diffLines(textOf(before), textOf(after));
  if (lines.every(({ kind }) => kind === 'same')) return <p className="dim">No difference.</p>;
  return <LineDiff lines={lines} near={NEAR} />;
}
