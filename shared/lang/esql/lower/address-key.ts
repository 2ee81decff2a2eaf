import type { Expression } from '#shared/plan/expression.ts';

/** The text by which addresses are in order: that of their own is another. */
export const addressKey = (value: Expression): Expression => ({
  kind: 'call',
  name: 'address_key',
  type: 'string',
  args: [value],
  ...(value.span && { span: value.span }),
});
