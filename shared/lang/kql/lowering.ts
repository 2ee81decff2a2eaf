import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';

/** What a lowering needs beside the tree: the fields, and where to put what it finds wrong. */
export interface Lowering {
  readonly catalogue: FieldCatalogue;
  readonly diagnostics: Diagnostic[];
  /** In free text and under a field with wildcards, a field that cannot hold the value is left out, without an error. */
  readonly lenient: boolean;
  /** In free text a pattern is the query-string parser's whatever the field, so that a blank ends it. */
  readonly freeText?: true;
}
