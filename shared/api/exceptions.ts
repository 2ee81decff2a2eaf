import { z } from 'zod';
import { exceptionDraftSchema, exceptionSchema } from '../exceptions/item.ts';
import { acknowledgedSchema, endpoint, idParams } from './endpoint.ts';

const diagnosticSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  remedy: z.string().optional(),
});

export const listExceptions = endpoint({
  method: 'GET',
  path: '/api/exceptions',
  summary: 'Exceptions, newest first, with how many stored matches they hide',
  response: z.object({ exceptions: z.array(exceptionSchema.extend({ expired: z.boolean() })) }),
});

export const createException = endpoint({
  method: 'POST',
  path: '/api/exceptions',
  summary: 'Add an exception; it applies from the next evaluation',
  body: exceptionDraftSchema,
  response: exceptionSchema,
});

export const updateException = endpoint({
  method: 'PUT',
  path: '/api/exceptions/:id',
  summary: 'Change an exception, on the version it was read with',
  params: idParams,
  body: exceptionDraftSchema.extend({ version: z.number().int() }),
  response: exceptionSchema,
});

export const deleteException = endpoint({
  method: 'DELETE',
  path: '/api/exceptions/:id',
  summary: 'Remove an exception',
  params: idParams,
  response: acknowledgedSchema,
});

export const checkException = endpoint({
  method: 'POST',
  path: '/api/exceptions/check',
  summary: 'What is wrong with a draft, and which alerts it would have removed or created',
  /** `replaces`: id of the exception that the draft is a change of; it counts as not in force. */
  body: exceptionDraftSchema.extend({ replaces: z.string().optional() }),
  response: z.object({
    diagnostics: z.array(diagnosticSchema),
    /** Events of the rule's matches that the entries hold for; null for the result stage. */
    matchedEvents: z.number().int().nullable(),
    /** Replay over all stored events, with the exceptions in force, without and with the draft. */
    removed: z.number().int(),
    kept: z.number().int(),
    created: z.number().int(),
    removedExamples: z.array(z.object({ id: z.string(), label: z.string(), verdict: z.string().nullable() })),
    createdExamples: z.array(z.object({ id: z.string(), label: z.string() })),
    /** Removed ones that analysts closed as true positives. */
    removedTruePositives: z.number().int(),
  }),
});
