import { visibleText } from '#client/format/hostile.ts';
import type { DiffLine } from '#shared/rule/line-diff.ts';
import classes from './line-diff.module.css';

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;

/** A comparison of two texts; far from any change, lines that are the same are left out where `near` lines are asked for. */
export function LineDiff({ lines, near }: { readonly lines: readonly DiffLine[]; readonly near?: number }) {
  const shown = near === undefined ? lines.map(() => true) : lines.map((_, at) => isNear(lines, at, near));
  return (
    <pre className={classes['diff']}>
      {lines.map(({ kind, text }, index) =>
        shown[index] ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other identity
          <span key={index} data-kind={kind}>
            <span aria-hidden="true">{SIGNS[kind]} </span>
            {kind === 'same' ? null : <span className="visually-hidden">{kind}: </span>}
            {visibleText(text)}
            {'\n'}
          </span>
        ) : shown[index - 1] ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <span key={index} data-kind="gap">
            {'  …\n'}
          </span>
        ) : null,
      )}
    </pre>
  );
}

const isNear = (lines: readonly DiffLine[], at: number, near: number): boolean =>
  lines.slice(Math.max(0, at - near), at + near + 1).some(({ kind }) => kind !== 'same');
