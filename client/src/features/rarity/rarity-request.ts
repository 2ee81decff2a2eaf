import type { RaritySearch } from './rarity-search.ts';

const SHOWN = 1000;

export const rarityRequest = ({ rule, by, count, agents, view: _view, ...rest }: RaritySearch) => ({
  ...rest,
  ...(rule === undefined ? {} : { rule }),
  ...(by.length === 0 ? {} : { by }),
  ...(count === undefined ? {} : { count }),
  ...(agents === undefined ? {} : { agents }),
  limit: SHOWN,
});
