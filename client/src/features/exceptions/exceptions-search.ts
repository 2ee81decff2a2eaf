import { z } from 'zod';
import { optionalText, text } from '#client/stores/url/fields.ts';

const tabField = z.enum(['all', 'suggestions', 'review', 'lists']).catch('all').default('all');

/** `edit` is an exception's id, or `new`; the rest prefills a new one. */
export const exceptionsSearchSchema = z.object({
  edit: optionalText,
  rule: optionalText,
  name: optionalText,
  entries: text,
  tab: tabField,
});
export type ExceptionsSearch = z.infer<typeof exceptionsSearchSchema>;
export const exceptionsDefaults: ExceptionsSearch = exceptionsSearchSchema.parse({});
