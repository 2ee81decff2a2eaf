import type { StateReader } from '#server/state/open-state.ts';
import type { Exception, ExceptionList } from '#shared/exceptions/item.ts';
import type { ValueLists } from '#shared/exceptions/value-list.ts';
import type { StandingException } from '#shared/rule/exceptions-in-force.ts';
import { readLists } from './lists.ts';
import { readExceptions } from './records.ts';
import { readValueLists } from './value-lists.ts';

/** Every exception with the rules that it is for and the values of the lists that it may name: what runs apply. */
export async function readStanding(state: StateReader): Promise<StandingException[]> {
  const [exceptions, lists, values] = await Promise.all([
    readExceptions(state),
    readLists(state),
    readListValues(state),
  ]);
  return standingOf(exceptions, lists, values);
}

export async function readListValues(state: StateReader): Promise<ValueLists> {
  return new Map((await readValueLists(state)).map(({ id, values }) => [id, values]));
}

export function standingOf(
  exceptions: readonly Exception[],
  lists: readonly ExceptionList[],
  values: ValueLists,
): StandingException[] {
  const rulesOf = new Map(lists.map(({ id, rules }) => [id, rules]));
  return exceptions.map((exception) => ({ ...exception, lists: values, rules: rulesFor(exception, rulesOf) }));
}

const rulesFor = (
  { rule, list }: Pick<Exception, 'rule' | 'list'>,
  rulesOf: ReadonlyMap<string, readonly string[]>,
): readonly string[] => (rule !== null ? [rule] : (rulesOf.get(list ?? '') ?? []));
