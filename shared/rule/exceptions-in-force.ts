import { type Instant, parseInstant } from '#shared/base/time.ts';
import type { ItemContext } from '#shared/exceptions/compile.ts';
import type { AnyEntry, Exception } from '#shared/exceptions/item.ts';

/** What of an exception an evaluation needs. */
export interface RuleException extends Pick<Exception, 'name' | 'stage'>, ItemContext {
  readonly entries: readonly AnyEntry[];
}

/** An exception with what it points to: the rules that it is for, by itself or by its list, and the values of lists. */
export interface StandingException extends Exception, ItemContext {
  readonly osTypes: Exception['osTypes'];
  readonly rules: readonly string[];
}

/**
 * The exceptions of a rule that hold for a run at this time: switched on and not expired. One expires when its time lies
 * before the run (elastic/kibana `lists/server/services/exception_lists/build_exception_filter`).
 */
export const exceptionsInForce = (
  exceptions: readonly StandingException[],
  slug: string,
  at: Instant,
): readonly StandingException[] =>
  exceptions.filter(
    ({ rules, enabled, expiresAt }) => enabled && rules.includes(slug) && !isExpired({ expiresAt }, at),
  );

/** Whether its time has run out, switched on or not. */
export function isExpired({ expiresAt }: Pick<Exception, 'expiresAt'>, at: Instant): boolean {
  const expiry = expiresAt === null ? null : parseInstant(expiresAt);
  return expiry !== null && expiry < at;
}
