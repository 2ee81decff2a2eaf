import type { Database } from './connection.ts';
import { createLoader, type Loader } from './load/append.ts';
import { everyEvent, type Layout } from './load/schema.ts';
import { type Matches, matchesOf } from './matches/matches.ts';
import { rememberSpilledFields, type SpilledFields } from './spilled-fields.ts';
import { rememberStatistics, type Statistics } from './statistics.ts';

/** What works over tables of one layout, with what it remembers of them: tables with more fields have another. */
export interface Working {
  readonly layout: Layout;
  readonly loader: Loader;
  readonly matches: Matches;
  readonly spilled: SpilledFields;
  readonly statistics: Statistics;
}

export function workingOver(database: Database, layout: Layout, scratch: string | undefined): Working {
  const spilled = rememberSpilledFields();
  const matches = matchesOf(layout, spilled);
  return {
    layout,
    loader: createLoader(database, layout, { scratch, onStored: matches.grow }),
    matches,
    spilled,
    statistics: rememberStatistics(everyEvent(layout)),
  };
}
