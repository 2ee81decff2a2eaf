import type { Exception } from '#shared/exceptions/item.ts';
import type { RuleCase } from './rule.ts';

/** Cases that exceptions carry, as a rule's own. */
export const ruleCasesOf = (exceptions: readonly Pick<Exception, 'name' | 'cases'>[]): readonly RuleCase[] =>
  exceptions.flatMap(({ name, cases }) =>
    cases.map((one) => ({ ...one, because: `kept with the exception “${name}”` })),
  );
