import type { Span } from '#shared/base/diagnostic.ts';
import type { FieldType } from '#shared/event/field.ts';

/** A field that a query names, and where. */
export interface NamedField {
  readonly name: string;
  readonly span: Span;
  /** The type that its use there asks for; null where any would do. */
  readonly use: FieldType | null;
}
