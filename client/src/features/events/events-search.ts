import * as z from 'zod';
import { oneOf, optionalText, optionalTime, text, textList } from '#client/stores/url/fields.ts';

/** Both texts are kept, so that changing the language back and forth loses nothing. */
export const eventsSearchSchema = z.object({
  language: oneOf(['kql', 'esql'] as const, 'kql'),
  kql: text,
  esql: text,
  from: optionalTime,
  to: optionalTime,
  /** Fields shown, in order; where none are named, those of this browser. */
  columns: textList,
  open: optionalText,
  view: oneOf(['fields', 'record', 'tree'] as const, 'fields'),
});
export type EventsSearch = z.infer<typeof eventsSearchSchema>;
export const eventsDefaults: EventsSearch = eventsSearchSchema.parse({});

/** The text that is asked. */
export const queryOf = (search: EventsSearch): string => (search.language === 'kql' ? search.kql : search.esql);
