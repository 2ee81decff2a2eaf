import * as z from 'zod';
import { severitySchema } from '../rule/rule.ts';
import { ruleChangesSchema } from '../rule/rule-changes.ts';
import { acknowledgedSchema, endpoint } from './endpoint.ts';
import { LARGEST_IMPORT } from './exception-exchange.ts';
import { brokenCasesSchema, differenceSchema, words } from './tuning.ts';

export const slugParams = z.object({ slug: z.string().min(1).max(200) });

const rulesText = z.string().min(1).max(LARGEST_IMPORT);

const placeSchema = z.object({ line: z.number().int(), column: z.number().int() });

export const ruleProblemSchema = placeSchema.extend({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  remedy: z.string().nullable(),
  /** The place within the query, for problems of the query. */
  query: placeSchema.nullable(),
});

export const checkedRuleSchema = z.object({
  /** Line of the text at which it begins; names it for the import. */
  line: z.number().int(),
  name: z.string().nullable(),
  slug: z.string().nullable(),
  type: z.string().nullable(),
  severity: severitySchema.nullable(),
  enabled: z.boolean(),
  ok: z.boolean(),
  diagnostics: z.array(ruleProblemSchema),
  unsupported: z.array(z.string()),
  /** Fields it reads that the events of this console do not have. */
  otherFields: z.array(z.string()),
  /** Slug of a rule that is here already and has the same rule id. */
  present: z.string().nullable(),
});
export type CheckedRule = z.infer<typeof checkedRuleSchema>;

export const checkRuleText = endpoint({
  method: 'POST',
  path: '/api/rules/check',
  summary: "What the rules of a TOML file in Elastic's layout, or of Kibana's export, would come to",
  body: z.object({ text: rulesText }),
  response: z.object({
    rules: z.array(checkedRuleSchema),
    rest: z.object({
      exceptionLists: z.number().int(),
      exceptionItems: z.number().int(),
      connectors: z.number().int(),
    }),
  }),
});

export const duplicateRule = endpoint({
  method: 'POST',
  path: '/api/rules/:slug/duplicate',
  summary: 'A copy of a rule under a name of its own, switched off',
  params: slugParams,
  response: z.object({ slug: z.string() }),
});

const saving = {
  /** Why it is changed; stands in the audit log. */
  why: words.default(''),
  /** Why it may be saved though it loses true positives, or breaks cases: required then. */
  override: words.default(''),
};

const savedSchema = z.object({
  /** Fields that have to be read from stored records before it is saved, in the background; none: it is saved. */
  waitsFor: z.array(z.string()),
});

/** A change that is saved by itself when the fields that it reads have been read, or was not saved. */
export const waitingChangeSchema = z.object({
  at: z.string(),
  actor: z.string(),
  why: z.string(),
  /** From what the rule was made of; null: it is put back to how it was shipped. */
  changes: ruleChangesSchema.nullable(),
  /** Why it was not saved; null while it waits. */
  problem: z.string().nullable(),
});

export const changeRule = endpoint({
  method: 'PUT',
  path: '/api/rules/:slug',
  summary: 'Change a rule, on the version it was read with; 0: as it was shipped',
  params: slugParams,
  body: z.object({ changes: ruleChangesSchema, version: z.number().int().min(0), ...saving }),
  response: savedSchema,
});

export const removeRule = endpoint({
  method: 'DELETE',
  path: '/api/rules/:slug',
  summary: 'Remove a rule that was imported or duplicated; of a shipped one, its changes',
  params: slugParams,
  body: z.object(saving).prefault({}),
  response: savedSchema,
});

export const dismissWaitingChange = endpoint({
  method: 'DELETE',
  path: '/api/rules/:slug/waiting-change',
  summary: 'Forget a change that was not saved',
  params: slugParams,
  response: acknowledgedSchema,
});

const ruleVersionSchema = z.object({
  version: z.number().int(),
  at: z.string(),
  actor: z.string(),
  why: z.string(),
  /** From what it was made of; null: put back to how it was shipped. */
  changes: ruleChangesSchema.nullable(),
});

export const ruleVersions = endpoint({
  method: 'GET',
  path: '/api/rules/:slug/versions',
  summary: 'Every state that users gave a rule',
  params: slugParams,
  /** Newest first; the rule as it was shipped, version 0, is not among them. */
  response: z.object({ versions: z.array(ruleVersionSchema) }),
});

export const revertRule = endpoint({
  method: 'POST',
  path: '/api/rules/:slug/revert',
  summary: 'Go back to an earlier state of a rule, as a version of its own; 0: as it was shipped',
  params: slugParams,
  body: z.object({ to: z.number().int().min(0), version: z.number().int().min(0), ...saving, why: words.min(1) }),
  response: savedSchema,
});

export const previewedAlertSchema = z.object({
  label: z.string(),
  keys: z.record(z.string(), z.string()),
  firstSeen: z.string(),
  occurrences: z.number().int(),
  events: z.number().int(),
  /** Public ids of some of its events. */
  examples: z.array(z.string()),
});
export type PreviewedAlert = z.infer<typeof previewedAlertSchema>;

export const previewRule = endpoint({
  method: 'POST',
  path: '/api/rules/preview',
  summary: 'What a rule with changes, or a query alone, would have raised over a range; nothing is kept',
  body: z.object({
    /** The rule to change. */
    slug: z.string().max(200).optional(),
    /** Or a rule that is not saved: a TOML file, or one line of an export. Neither: a query by itself. */
    text: z.string().max(500_000).optional(),
    language: z.enum(['kuery', 'esql']).default('kuery'),
    changes: ruleChangesSchema,
    from: z.string().optional(),
    to: z.string().optional(),
  }),
  response: z.object({
    diagnostics: z.array(
      z.object({
        code: z.string(),
        severity: z.enum(['error', 'warning']),
        message: z.string(),
        remedy: z.string().optional(),
        span: z.object({ from: z.number().int(), to: z.number().int() }).optional(),
      }),
    ),
    /** Null where the rule cannot be run, or nothing is stored. */
    outcome: z
      .object({
        from: z.string(),
        to: z.string(),
        runs: z.number().int(),
        eventsMatched: z.number().int(),
        alerts: z.number().int(),
        /** The earliest. */
        examples: z.array(previewedAlertSchema),
        /** Occurrences by time of the run. */
        histogram: z.array(z.object({ at: z.string(), count: z.number().int() })),
        bucketMs: z.number(),
        cut: z.number().int(),
        skipped: z.array(z.object({ reason: z.string(), events: z.number().int() })),
        warnings: z.array(z.string()),
        durationMs: z.number(),
        /** Against the rule as it is saved; null where there is none, or it does not run. */
        comparison: differenceSchema.extend({ brokenCases: brokenCasesSchema }).nullable(),
      })
      .nullable(),
  }),
});
