/** Whole words with which all names begin; empty where there are fewer than two names or one is a beginning of the others. */
export function sharedBeginning(names: readonly string[]): string {
  const [first, ...others] = names;
  if (first === undefined || others.length === 0) return '';
  let shared = '';
  for (const word of first.split(/(?<= )/)) {
    if (!others.every((name) => name.startsWith(shared + word))) break;
    shared += word;
  }
  return names.includes(shared) ? '' : shared;
}
