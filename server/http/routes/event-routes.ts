import { readEventTree } from '#server/alerts/tree.ts';
import { eventById, searchEvents } from '#server/investigate/events.ts';
import { fieldValues } from '#server/investigate/field-values.ts';
import { notFound } from '#server/refusal.ts';
import {
  eventTree,
  fieldValues as fieldValuesEndpoint,
  getEvent,
  listFields,
  searchEvents as searchEndpoint,
} from '#shared/api/events.ts';
import { instantParam } from '../instant-param.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';
import { unreadable } from './search-routes.ts';

export const eventRoutes = ({ state, store }: Services): readonly Route[] => [
  route(searchEndpoint, async ({ query }) => {
    instantParam('query.from', query.from);
    instantParam('query.to', query.to);
    const found = await searchEvents(store, query);
    if (found.ok) return found.value;
    throw unreadable(query.kql, found.error);
  }),
  route(getEvent, async ({ params }) => {
    const event = await eventById(store, params.id);
    if (!event) throw notFound('event');
    return event;
  }),
  route(eventTree, async ({ params, query }) => {
    const event = await eventById(store, params.id);
    if (!event) throw notFound('event');
    const hosts = ['host.name', 'host.id'].flatMap((name) => event.fields[name] ?? []);
    return readEventTree(state, store, { id: event.id, hosts }, query.budget);
  }),
  route(fieldValuesEndpoint, async ({ params, query, signal }) => {
    if (!store.catalogue.find(params.field)) throw notFound('field');
    const values = await fieldValues(store, { field: params.field, ...query, signal });
    if (!values.ok) throw unreadable(query.kql, values.error);
    return { values: values.value };
  }),
  route(listFields, () => ({
    fields: store.catalogue.fields.map(({ name, type, many }) => ({ name, type, many: many === true })),
  })),
];
