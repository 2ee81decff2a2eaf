/** Id of the list that an export puts a rule's own exceptions in. */
const OWN = 'rule-default:';
export const ownListId = (slug: string): string => `${OWN}${slug}`;
/** The rule whose own exceptions such a list holds; null for any other list. */
export const ownerOf = (listId: string): string | null => (listId.startsWith(OWN) ? listId.slice(OWN.length) : null);
