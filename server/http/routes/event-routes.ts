import { eventById, fieldValues, searchEvents } from '#server/investigate/events.ts';
import { notFound, Refusal } from '#server/refusal.ts';
import {
  fieldValues as fieldValuesEndpoint,
  getEvent,
  listFields,
  searchEvents as searchEndpoint,
} from '#shared/api/events.ts';
import { formatDiagnostic } from '#shared/base/diagnostic.ts';
import { instantParam } from '../instant-param.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

export const eventRoutes = ({ store }: Services): readonly Route[] => [
  route(searchEndpoint, async ({ query }) => {
    instantParam('query.from', query.from);
    instantParam('query.to', query.to);
    const found = await searchEvents(store, query);
    if (found.ok) return found.value;
    const details = found.error.map((problem) => ({ path: 'kql', message: formatDiagnostic(query.kql, problem) }));
    throw new Refusal('invalid-query', details[0]?.message ?? 'The query cannot be read.', { details });
  }),
  route(getEvent, async ({ params }) => {
    const event = await eventById(store, params.id);
    if (!event) throw notFound('event');
    return event;
  }),
  route(fieldValuesEndpoint, async ({ params, query }) => {
    const values = await fieldValues(store, params.field, query.prefix, query.limit);
    if (!values) throw notFound('field');
    return values;
  }),
  route(listFields, () => ({
    fields: store.catalogue.fields.map(({ name, type, many }) => ({ name, type, many: many === true })),
  })),
];
