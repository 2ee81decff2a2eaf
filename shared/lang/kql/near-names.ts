/** Names of the list that a reader may have meant, the nearest first; at most three. */
export function nearNames(name: string, names: readonly string[]): readonly string[] {
  const lower = name.toLowerCase();
  return names
    .map((candidate) => ({ candidate, similarity: similarityOf(lower, candidate.toLowerCase()) }))
    .filter(({ similarity }) => similarity >= 0.6)
    .sort((left, right) => right.similarity - left.similarity)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** 1 for equal texts, 0 for nothing in common: edits against the longer length. A last part that is equal counts as near. */
function similarityOf(left: string, right: string): number {
  const length = Math.max(left.length, right.length);
  if (length === 0 || length > 256) return left === right ? 1 : 0;
  const edits = 1 - editsBetween(left, right) / length;
  return right.endsWith(`.${left}`) || left.endsWith(`.${right}`) ? Math.max(edits, 0.7) : edits;
}

/** Levenshtein distance. */
function editsBetween(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replace = (row[j - 1] ?? 0) + (left.charCodeAt(i - 1) === right.charCodeAt(j - 1) ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replace));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
