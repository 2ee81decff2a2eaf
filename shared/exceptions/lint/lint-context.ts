import type { FieldCatalogue } from '#shared/event/field.ts';
import type { ResultColumn } from '#shared/plan/result.ts';

/** What of a rule tells what its exceptions can do. */
export interface LintContext {
  /** Fields of source events. */
  readonly catalogue: FieldCatalogue;
  /** Columns of the rule's result rows. */
  readonly columns: readonly ResultColumn[];
  /** What the rule counts by; null where it counts nothing. */
  readonly groupingKeys: readonly string[] | null;
}
