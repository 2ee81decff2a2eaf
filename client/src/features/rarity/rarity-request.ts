import type { RaritySearch } from './rarity-search.ts';

const SHOWN = 1000;

export const rarityRequest = ({ rule, by, ...rest }: RaritySearch) => ({
  ...rest,
  ...(rule === undefined ? {} : { rule }),
  ...(by === 'rule' ? {} : { by }),
  limit: SHOWN,
});
