import * as z from 'zod';

/** A condition on events beside a rule's query: what a Kibana filter comes to. Two-valued, like KQL. */
export type RuleFilter =
  | { readonly kind: 'match'; readonly field: string; readonly values: readonly string[] }
  | { readonly kind: 'wildcard'; readonly field: string; readonly pattern: string; readonly caseless: boolean }
  | { readonly kind: 'exists'; readonly field: string }
  | {
      readonly kind: 'range';
      readonly field: string;
      readonly bounds: readonly { readonly operator: '<' | '<=' | '>' | '>='; readonly value: string }[];
    }
  | { readonly kind: 'all' | 'any'; readonly of: readonly RuleFilter[] }
  | { readonly kind: 'not'; readonly of: RuleFilter };

const field = z.string().min(1).max(256);
const text = z.string().max(8192);

export const ruleFilterSchema: z.ZodType<RuleFilter> = z.lazy(() =>
  z.union([
    z.object({ kind: z.literal('match'), field, values: z.array(text).min(1) }),
    z.object({ kind: z.literal('wildcard'), field, pattern: text, caseless: z.boolean() }),
    z.object({ kind: z.literal('exists'), field }),
    z.object({
      kind: z.literal('range'),
      field,
      bounds: z.array(z.object({ operator: z.enum(['<', '<=', '>', '>=']), value: text })).min(1),
    }),
    z.object({ kind: z.enum(['all', 'any']), of: z.array(ruleFilterSchema) }),
    z.object({ kind: z.literal('not'), of: ruleFilterSchema }),
  ]),
);
