import { quoteName } from '../sql/identifier.ts';

export const TABLE_PREFIX = 'matches_';

/** Table of a selection's matches, quoted. */
export const tableNamed = (digest: string): string => quoteName(TABLE_PREFIX + digest);
