import { remembering } from '#shared/base/remember.ts';
import { parser } from './parser.generated.ts';

/** The tree of a query that nests no deeper than Lezer can go (`deepestOpening`). */
export const treeOf = remembering((text) => parser.parse(text));
