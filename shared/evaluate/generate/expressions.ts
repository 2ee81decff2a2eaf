import fc from 'fast-check';
import type { Instant } from '#shared/base/time.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import { arbitraryEsqlExpression, fieldColumns } from './esql-expressions.ts';
import { arbitraryKqlExpression } from './kql-expressions.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Filters over the fields of a catalogue in the style of either language. Literals come from the vocabulary, datetimes from
 * the range.
 */
export function arbitraryExpression(
  catalogue: FieldCatalogue,
  vocabulary: Vocabulary,
  range: { readonly from: Instant; readonly to: Instant },
): fc.Arbitrary<Expression> {
  const setting = { fields: catalogue.fields, vocabulary, range };
  return fc.oneof(arbitraryKqlExpression(setting), arbitraryEsqlExpression(fieldColumns(setting)));
}
