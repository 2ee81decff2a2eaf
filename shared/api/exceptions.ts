import * as z from 'zod';
import {
  draftWith,
  exceptionCaseSchema,
  exceptionDraftSchema,
  exceptionListSchema,
  exceptionSchema,
  listDraftSchema,
  valueListSchema,
} from '../exceptions/item.ts';
import { acknowledgedSchema, endpoint, idParams } from './endpoint.ts';
import { brokenCasesSchema, differenceSchema, words } from './tuning.ts';

const diagnosticSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  remedy: z.string().optional(),
  /** Number of the entry it is about, from 0; absent: the whole item. */
  entry: z.number().int().optional(),
});

/** What comes with a draft when it is saved. */
const saving = {
  /** Why it is changed; stands in its history. */
  why: words.default(''),
  /** Why it may be saved though it would have hidden true positives, or breaks cases: required then. */
  override: words.default(''),
  /** Closes the open alerts that it would have kept from being raised, as false positives. */
  closeMatching: z.boolean().default(false),
};

const savedSchema = exceptionSchema.extend({
  /** Open alerts closed with it, and the token that opens them again. */
  closed: z.number().int(),
  undo: z.string().nullable(),
});

export const listExceptions = endpoint({
  method: 'GET',
  path: '/api/exceptions',
  summary: 'Exceptions, newest first, with how many matches they have hidden since they were approved',
  response: z.object({
    exceptions: z.array(
      exceptionSchema.extend({
        expired: z.boolean(),
        /** Rules that it applies to. */
        rules: z.array(z.string()),
        hits: z.number().int(),
        lastHit: z.string().nullable(),
      }),
    ),
  }),
});

export const createException = endpoint({
  method: 'POST',
  path: '/api/exceptions',
  summary: 'Add an exception; it applies from the next evaluation',
  body: draftWith(saving),
  response: savedSchema,
});

export const updateException = endpoint({
  method: 'PUT',
  path: '/api/exceptions/:id',
  summary: 'Change an exception, on the version it was read with',
  params: idParams,
  body: draftWith({ ...saving, version: z.number().int() }),
  response: savedSchema,
});

export const deleteException = endpoint({
  method: 'DELETE',
  path: '/api/exceptions/:id',
  summary: 'Remove an exception',
  params: idParams,
  body: z.object({ why: words.default('') }).prefault({}),
  response: acknowledgedSchema,
});

export const exceptionHistory = endpoint({
  method: 'GET',
  path: '/api/exceptions/:id/history',
  summary: 'Every state an exception was in, newest first, with who made it and why',
  params: idParams,
  response: z.object({
    versions: z.array(
      z.object({
        version: z.number().int(),
        at: z.string(),
        actor: z.string(),
        action: z.string(),
        why: z.string(),
        draft: exceptionDraftSchema,
      }),
    ),
  }),
});

export const revertException = endpoint({
  method: 'POST',
  path: '/api/exceptions/:id/revert',
  summary: 'Put an exception back to how it was at a version, also a deleted one',
  params: idParams,
  body: z.object({ version: z.number().int(), why: words.default(''), override: words.default('') }),
  response: savedSchema,
});

export const commentException = endpoint({
  method: 'POST',
  path: '/api/exceptions/:id/comments',
  summary: 'Add a comment to an exception',
  params: idParams,
  body: z.object({ text: z.string().trim().min(1).max(2000) }),
  response: exceptionSchema,
});

export const checkException = endpoint({
  method: 'POST',
  path: '/api/exceptions/check',
  summary: 'What is wrong with a draft, and which alerts it would have removed or created',
  body: draftWith({
    /** Id of the exception that the draft is a change of; it counts as not in force. */
    replaces: z.string().optional(),
    /** Stretch of event time to replay; absent: that of everything stored. */
    from: z.string().optional(),
    to: z.string().optional(),
  }),
  /** Replays with the exceptions in force, without and with the draft. */
  response: differenceSchema.extend({
    diagnostics: z.array(diagnosticSchema),
    /** Events of the rule's matches that the entries hold for; null for the result stage. */
    matchedEvents: z.number().int().nullable(),
    /** All events that the rule matches in the range. */
    ruleEvents: z.number().int(),
    /** What each entry holds for by itself; null: not counted, for there are too many or it acts on results. */
    entries: z.array(z.object({ events: z.number().int().nullable(), alerts: z.number().int().nullable() })),
    /** Whether the alert that the draft came from is among the removed; if not, why. */
    origin: z.object({ removed: z.boolean(), because: z.string() }).nullable(),
    brokenCases: brokenCasesSchema,
    /** Of the removed true positives, those that the exception as it is saved does not hide: saving needs a reason. */
    newTruePositives: z.number().int(),
    range: z.object({ from: z.string(), to: z.string() }).nullable(),
    durationMs: z.number().int(),
  }),
});

export const caseFromAlert = endpoint({
  method: 'GET',
  path: '/api/exceptions/case',
  summary: 'An alert as a case: events that an exception must keep alerting',
  query: z.object({ alert: z.string().min(1) }),
  response: exceptionCaseSchema,
});

export const listExceptionLists = endpoint({
  method: 'GET',
  path: '/api/exception-lists',
  summary: 'Shared lists of exceptions, with the rules that they are attached to',
  response: z.object({ lists: z.array(exceptionListSchema.extend({ items: z.number().int() })) }),
});

export const saveExceptionList = endpoint({
  method: 'PUT',
  path: '/api/exception-lists',
  summary: 'Make a list, or change one on the version it was read with',
  body: listDraftSchema.extend({ version: z.number().int().nullable() }),
  response: exceptionListSchema,
});

export const deleteExceptionList = endpoint({
  method: 'DELETE',
  path: '/api/exception-lists/:id',
  summary: 'Remove a list without exceptions',
  params: idParams,
  response: acknowledgedSchema,
});

export const listValueLists = endpoint({
  method: 'GET',
  path: '/api/value-lists',
  summary: 'Lists of values that exceptions name',
  response: z.object({ lists: z.array(valueListSchema) }),
});

export const saveValueList = endpoint({
  method: 'PUT',
  path: '/api/value-lists',
  summary: 'Make a list of values from a text of one a line, or replace its values',
  body: valueListSchema.pick({ id: true, name: true, type: true }).extend({ text: z.string().max(10_000_000) }),
  response: valueListSchema,
});

export const deleteValueList = endpoint({
  method: 'DELETE',
  path: '/api/value-lists/:id',
  summary: 'Remove a list of values that no exception names',
  params: idParams,
  response: acknowledgedSchema,
});

export const reviewExceptions = endpoint({
  method: 'GET',
  path: '/api/exceptions/review',
  summary: 'Exceptions that somebody should look at, and why',
  response: z.object({
    items: z.array(
      z.object({
        exception: z.string(),
        name: z.string(),
        kind: z.enum(['expired', 'expires', 'dead', 'canary', 'unusable', 'unexplained']),
        detail: z.string(),
        /** Of a canary: to be marked as seen. */
        notice: z.string().nullable(),
      }),
    ),
  }),
});

export const seeNotice = endpoint({
  method: 'POST',
  path: '/api/exceptions/notices/:id/seen',
  summary: 'Mark a notice about an exception as seen',
  params: idParams,
  response: acknowledgedSchema,
});
