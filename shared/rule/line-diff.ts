/** One line of a comparison of two texts. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

const linesOf = (text: string): readonly string[] => text.trim().split(/\r?\n/);

/** Texts that differ in nothing but their ends of lines and the blanks around them. */
export const sameLines = (left: string, right: string): boolean =>
  linesOf(left).join('\n') === linesOf(right).join('\n');

/** More lines than any rule has are compared as one block: the comparison takes the product of both lengths. */
const MOST_LINES = 2000;

/** The lines of two texts by their longest common subsequence, removed ones before added ones. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [left, right] = [linesOf(before), linesOf(after)];
  if (left.length > MOST_LINES || right.length > MOST_LINES) return [...all('removed', left), ...all('added', right)];
  const common = commonLengths(left, right);
  const at = (row: number, column: number): number => common[row]?.[column] ?? 0;
  const diff: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < left.length && column < right.length) {
    const [old, fresh] = [left[row] ?? '', right[column] ?? ''];
    if (old === fresh) {
      diff.push({ kind: 'same', text: old });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      diff.push({ kind: 'removed', text: old });
      row += 1;
    } else {
      diff.push({ kind: 'added', text: fresh });
      column += 1;
    }
  }
  return [...diff, ...all('removed', left.slice(row)), ...all('added', right.slice(column))];
}

const all = (kind: DiffLine['kind'], lines: readonly string[]): readonly DiffLine[] =>
  lines.map((text) => ({ kind, text }));

/** For each pair of places, how many lines the rests of both have in common. */
function commonLengths(left: readonly string[], right: readonly string[]): readonly Uint16Array[] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const [here, below] = [lengths[row], lengths[row + 1]];
      if (!here || !below) continue;
      here[column] =
        left[row] === right[column]
          ? (below[column + 1] ?? 0) + 1
          : Math.max(below[column] ?? 0, here[column + 1] ?? 0);
    }
  }
  return lengths;
}
