import { z } from 'zod';
import { endpoint } from './endpoint.ts';

const subjectSchema = z.object({
  /** Fields that the stored events lack. */
  fields: z.array(z.string()),
  /** Rules that are on and wait for them; none where a rule is only being tried or changed. */
  rules: z.array(z.object({ slug: z.string(), name: z.string() })),
  startedAt: z.string(),
});

export const fieldReadingSchema = z.object({
  /** Null: nothing is being read. */
  current: subjectSchema
    .extend({
      /** 0 to 1 of the records; null while what was found is put beside the events. */
      progress: z.number().nullable(),
    })
    .nullable(),
  /** How the last one of this program ended; null before there was one. */
  last: subjectSchema
    .extend({
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
  summary: 'The reading of fields that rules ask for, and stored events lack, from their records',
  response: fieldReadingSchema,
});

export const startFieldReading = endpoint({
  method: 'POST',
  path: '/api/field-reading',
  summary: 'Read what rules that are on still wait for, after that has failed',
  response: fieldReadingSchema,
});

export const cancelFieldReading = endpoint({
  method: 'POST',
  path: '/api/field-reading/cancel',
  summary: 'Stop it; rules that wait for it are switched off, and switching one on begins it again',
  response: fieldReadingSchema,
});
