import { parseDocument } from 'yaml';
import * as z from 'zod';
import { misfitsIn } from '#shared/base/misfit.ts';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import { type RuleCase, ruleCaseSchema } from '#shared/rule/rule.ts';
import type { Problems } from './rule-file.ts';

const casesFileSchema = z.strictObject({
  /** Documents to build the cases' events from, by YAML anchors. */
  events: z.record(z.string(), z.unknown()).optional(),
  cases: z.array(ruleCaseSchema).min(1),
});

/** The text of a `cases.yaml`; `<<` merges the keys of a document into another. */
export function readCasesFile(text: string): Result<readonly RuleCase[], Problems> {
  const document = parseDocument(text, { merge: true });
  if (document.errors.length > 0) return fail(document.errors.map(({ message }) => message.split('\n')[0] ?? message));
  const given: unknown = document.toJS({ maxAliasCount: 10_000 });
  const cases = casesFileSchema.safeParse(given);
  return cases.success ? succeed(cases.data.cases) : fail(misfitsIn(cases.error, given));
}
