/** Longest slug that is made of a name. */
const LONGEST = 80;

/** A rule's name as a slug: `Unusual Child (Linux)` is `unusual-child-linux`. */
export const slugOfName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, '') || 'rule';

/** A slug that is not taken: with a number behind it where it is. */
export function freeSlug(slug: string, isTaken: (slug: string) => boolean): string {
  let free = slug;
  for (let number = 2; isTaken(free); number += 1) free = `${slug}-${number}`;
  return free;
}
