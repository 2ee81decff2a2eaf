import * as z from 'zod';
import { oneOf, optionalText, text, textList } from '#client/stores/url/fields.ts';

const tabField = z.enum(['all', 'suggestions', 'review', 'lists']).catch('all').default('all');

export const STATES = ['any', 'applied', 'off', 'expired'] as const;
export type ShownState = (typeof STATES)[number];

/** `edit` is an exception's id, or `new`; `rule`, `name` and `entries` prefill a new one; the rest narrows the list. */
export const exceptionsSearchSchema = z.object({
  edit: optionalText,
  rule: optionalText,
  name: optionalText,
  entries: text,
  tab: tabField,
  text,
  state: oneOf(STATES, 'any'),
  rules: textList,
});
export type ExceptionsSearch = z.infer<typeof exceptionsSearchSchema>;
export const exceptionsDefaults: ExceptionsSearch = exceptionsSearchSchema.parse({});
