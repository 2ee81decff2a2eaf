import * as z from 'zod';
import { endpoint } from './endpoint.ts';

export const getStatus = endpoint({
  method: 'GET',
  path: '/api/status',
  summary: 'What this server holds',
  response: z.object({
    version: z.string(),
    /** Name that changes are recorded under, while there is no sign-in. */
    actor: z.string(),
    events: z.number().int(),
    hosts: z.number().int(),
    window: z.object({ from: z.string(), to: z.string() }).nullable(),
    /** Demo events are among the data. */
    demo: z.boolean(),
    samples: z.array(z.object({ id: z.string(), title: z.string(), description: z.string(), loaded: z.boolean() })),
  }),
});

/**
 * `GET /api/live`: server-sent events. Each names what has changed, never the data itself; the client reads again what it
 * shows. Event name `change`, data `{"topics": ["alerts", …]}`.
 */
export const LIVE_PATH = '/api/live';
export const liveTopicSchema = z.enum([
  'alerts',
  'uploads',
  'exceptions',
  'rules',
  'events',
  'fields',
  'sources',
  'searches',
  'views',
]);
export type LiveTopic = z.infer<typeof liveTopicSchema>;
export const liveMessageSchema = z.object({ topics: z.array(liveTopicSchema) });
