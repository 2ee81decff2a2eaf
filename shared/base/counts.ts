/** A whole number in groups: `12,418`. By hand: a command that counts does not wait for the tables of all languages. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `1 host`, `1,069 hosts`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
