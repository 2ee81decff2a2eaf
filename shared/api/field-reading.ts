import * as z from 'zod';
import { endpoint } from './endpoint.ts';

const subjectSchema = z.object({
  /** Fields that the stored events lack. */
  fields: z.array(z.string()),
  startedAt: z.string(),
});

const namedRule = z.object({ slug: z.string(), name: z.string() });

const waitingSchema = z.object({
  /** Rules that are on, and cannot run before. */
  rules: z.array(namedRule),
  /** Changes of rules that are saved then, and who made them. */
  changes: z.array(namedRule.extend({ actor: z.string(), at: z.string() })),
});

export const fieldReadingSchema = z.object({
  /** Null: nothing is being read. */
  current: subjectSchema
    .extend({
      /** 0 to 1 of the records; null while what was found is put beside the events, and changes are saved: no longer to be cancelled. */
      progress: z.number().nullable(),
    })
    .nullable(),
  /** What waits for fields; nothing where some are only being tried, or are new in this program. */
  waiting: waitingSchema,
  /** How the last one of this program ended; null before there was one. */
  last: subjectSchema
    .extend({
      /** What had waited for it; where it is done: what is effective, or saved, now. */
      waiting: waitingSchema,
      status: z.enum(['done', 'cancelled', 'failed']),
      finishedAt: z.string(),
      /** Events that go without, since their records are not kept. */
      without: z.number().int(),
      error: z.string().nullable(),
    })
    .nullable(),
});
export type FieldReading = z.infer<typeof fieldReadingSchema>;

export const getFieldReading = endpoint({
  method: 'GET',
  path: '/api/field-reading',
  summary: 'The reading of fields that stored events lack from their records, and what waits for it',
  response: fieldReadingSchema,
});

export const startFieldReading = endpoint({
  method: 'POST',
  path: '/api/field-reading',
  summary: 'Read what is still waited for, after that has failed',
  response: fieldReadingSchema,
});

export const cancelFieldReading = endpoint({
  method: 'POST',
  path: '/api/field-reading/cancel',
  summary: 'Stop it: rules that wait are switched off, and changes that wait are not saved',
  response: fieldReadingSchema,
});
