import type * as z from 'zod';

/** A structured value kept as text in one column: the only door for writing and reading it. */
export interface JsonColumn<Value> {
  readonly write: (value: Value) => string;
  /** Throws where the text is not what was written: a damaged data folder. */
  readonly read: (text: string) => Value;
}

export const jsonColumn = <Value>(schema: z.ZodType<Value>): JsonColumn<Value> => ({
  write: (value) => JSON.stringify(value),
  read: (text) => schema.parse(JSON.parse(text)),
});
