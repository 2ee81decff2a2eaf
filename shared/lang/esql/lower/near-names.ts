/** Elasticsearch offers names at least this similar. */
const SIMILAR = 0.5;
const MOST = 5;
/** Longer names are not compared: the work grows with the product of both lengths. */
const LONGEST = 200;

/** The names most like this one, best first, by Levenshtein distance over the longer length. */
export function nearNames(name: string, names: readonly string[]): readonly string[] {
  if (name.length > LONGEST) return [];
  return names
    .filter((candidate) => candidate.length <= LONGEST)
    .map((candidate) => ({ candidate, similarity: similarity(name, candidate) }))
    .filter((match) => match.similarity >= SIMILAR)
    .sort((left, right) => right.similarity - left.similarity)
    .slice(0, MOST)
    .map((match) => match.candidate);
}

/** `, did you mean [x]?`, or nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const near = nearNames(name, names);
  if (near.length === 0) return '';
  return near.length === 1 ? `, did you mean [${near[0]}]?` : `, did you mean any of [${near.join(', ')}]?`;
}

const similarity = (left: string, right: string): number =>
  1 - distance(left, right) / Math.max(left.length, right.length, 1);

function distance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const changed = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
