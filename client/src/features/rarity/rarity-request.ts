import { chosenThresholds, type RaritySearch } from './rarity-search.ts';

const SHOWN = 1000;

export const rarityRequest = ({ rule, by, view: _view, count, agents, ...rest }: RaritySearch) => ({
  ...rest,
  ...(rule === undefined ? {} : { rule }),
  ...(by.length === 0 ? {} : { by }),
  ...chosenThresholds({ count, agents }),
  limit: SHOWN,
});
