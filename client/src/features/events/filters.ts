import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { addEsqlFilter, type EsqlFilter } from '#shared/lang/esql/add-filter.ts';
import { addKqlFilter } from '#shared/lang/kql/add-filter.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import type { EventsSearch } from './events-search.ts';

/** A value of an event or a result's row that a query can be narrowed to. */
export type FilterValue = EsqlFilter;

/** A text of a field as a value of the field's own type. */
export function fieldFilter(field: string, text: string | null, several: boolean): FilterValue {
  const mapped = ECS_PROCESS.find(field)?.type;
  const type = mapped === undefined ? 'string' : valueTypeOf(mapped);
  return { field, value: text === null ? null : typed(text, type), type, several, of: 'event' };
}

function typed(text: string, type: string): string | number | boolean {
  if (type === 'boolean') return text === 'true';
  const number = Number(text);
  return (type === 'long' || type === 'double') && Number.isSafeInteger(number) ? number : text;
}

/** The search with its query narrowed, in the language in use. */
export function narrowed(search: EventsSearch, filter: FilterValue, include: boolean): Partial<EventsSearch> {
  return search.language === 'kql'
    ? { kql: addKqlFilter(search.kql, filter, include) }
    : { esql: addEsqlFilter(search.esql, filter, include) };
}
