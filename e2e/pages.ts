import { RULE } from './fixtures.ts';

/** Every page of the console, and each list that a tab of one shows, by its address; those of an alert aside. */
export const PAGES: readonly string[] = [
  '/alerts',
  '/alerts?text=nothing-is-called-so',
  '/alerts?group=host',
  '/rarity',
  '/events',
  '/events?kql=process.name:*',
  '/rules',
  `/rules/${RULE}`,
  `/rules/${RULE}/edit`,
  `/rules/${RULE}/guide`,
  '/import',
  '/explain',
  '/exceptions',
  '/exceptions?edit=new',
  '/exceptions?tab=suggestions',
  '/exceptions?tab=review',
  '/exceptions?tab=lists',
  '/data',
  '/sources',
  '/no-such-page',
];

const TABS = ['why', 'events', 'tree', 'rarity', 'guide', 'exceptions', 'history', 'json'];

/** An alert beside the queue, and each of its tabs as a page. */
export const pagesOfAlert = (id: string): readonly string[] => [
  `/alerts?open=${id}`,
  ...TABS.map((name) => `/alerts/${id}?tab=${name}`),
];
