import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { liveTopicSchema } from './status.ts';

/** What a page missed before its live stream reached it: asked for whenever a stream begins. */
export const listChanges = endpoint({
  method: 'GET',
  path: '/api/changes',
  summary: 'What has changed since a position of the live stream',
  query: z.object({
    /** As an earlier answer or the page gave it; every topic counts as changed after one that this process did not give. */
    since: z.string().max(100).optional(),
  }),
  response: z.object({ topics: z.array(liveTopicSchema), position: z.string() }),
});

/** The page has it in its `meta` element of this name, where the built page has the placeholder. */
export const POSITION_META = 'live-position';
export const POSITION_PLACEHOLDER = '__LIVE_POSITION__';
