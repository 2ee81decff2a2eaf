import { hash } from 'node:crypto';
import type { AlertDraft } from '#shared/alert/draft.ts';
import { plainValue, type Value } from '#shared/plan/value.ts';

/** What tells one alert from another; see `AlertDraft`. */
type Identified = Pick<AlertDraft, 'rule' | 'keys' | 'occurrence'>;

/**
 * The id of one occurrence of an alert: rule, keys, and when. A new term, or an alert of one event, is the same as long as
 * its first event is, however many overlapping runs report it; a group of an aggregate belongs to its run.
 */
export const occurrenceId = ({ rule, keys, occurrence }: Identified): string =>
  digest([rule, entriesOf(keys), occurrence]);

/** The id of what recurs: rule and keys, whenever. Alerts of the same one fold into each other. */
export const keysId = ({ rule, keys }: Pick<AlertDraft, 'rule' | 'keys'>): string => digest([rule, entriesOf(keys)]);

const ID_LENGTH = 32;

const digest = (identity: readonly unknown[]): string =>
  hash('sha256', JSON.stringify(identity), 'hex').slice(0, ID_LENGTH);

/** By name, in an order that is the same everywhere. */
const entriesOf = (keys: Readonly<Record<string, Value>>): readonly (readonly [string, unknown])[] =>
  Object.entries(keys)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => [name, plainValue(value)]);
