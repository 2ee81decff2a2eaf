import type { ResolvedField } from '#shared/lang/kql/fields.ts';
import { equalityTest, type ValueTest } from '#shared/lang/kql/lower-value.ts';

/** A phrase match on a field that is not analysed is the whole value. */
export const valueTest = (value: string, resolved: ResolvedField): ValueTest =>
  equalityTest(resolved, { kind: 'text', text: value, quoted: true, span: { from: 0, to: 0 } });

/** The tests as one, as far as they compare whole values. */
export function oneOf(tests: readonly ValueTest[]): readonly ValueTest[] {
  const values = tests.flatMap((test) => (test.kind === 'equals' ? [test.value] : []));
  const others = tests.filter((test) => test.kind !== 'equals' && test.kind !== 'never');
  if (values.length + others.length === 0) return [{ kind: 'never' }];
  return values.length < 2 ? tests : [{ kind: 'one-of', values: [...new Set(values)] }, ...others];
}
