import { z } from 'zod';
import { optionalText, optionalTime, text } from '#client/stores/url/fields.ts';

export const eventsSearchSchema = z.object({ kql: text, from: optionalTime, to: optionalTime, open: optionalText });
export type EventsSearch = z.infer<typeof eventsSearchSchema>;
export const eventsDefaults: EventsSearch = eventsSearchSchema.parse({});
