/** Ends a `switch` over a union: a member nobody handled is a type error at compile time and a bug at run time. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}

/** States what must hold for the program to be right. A failure here is a bug of ours, never a user's mistake. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`);
}

/** The value, where the program knows that it is there. */
export function must<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`Missing ${what}`);
  return value;
}
