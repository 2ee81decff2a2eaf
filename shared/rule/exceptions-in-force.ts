import { type Instant, parseInstant } from '#shared/base/time.ts';
import type { ItemContext } from '#shared/exceptions/compile.ts';
import type { AnyEntry, Exception } from '#shared/exceptions/item.ts';

/** What of an exception an evaluation needs. */
export interface RuleException extends Pick<Exception, 'name' | 'stage'>, ItemContext {
  readonly entries: readonly AnyEntry[];
}

/**
 * The exceptions of a rule that hold for a run at this time: switched on and not expired. One expires when its time lies
 * before the run (elastic/kibana `lists/server/services/exception_lists/build_exception_filter`).
 */
export const exceptionsInForce = (exceptions: readonly Exception[], slug: string, at: Instant): readonly Exception[] =>
  exceptions.filter(({ rule, enabled, expiresAt }) => rule === slug && enabled && !isBefore(expiresAt, at));

function isBefore(expiresAt: string | null, at: Instant): boolean {
  const expiry = expiresAt === null ? null : parseInstant(expiresAt);
  return expiry !== null && expiry < at;
}
