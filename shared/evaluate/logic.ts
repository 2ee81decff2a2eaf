/** The three values of ES|QL's logic (Kleene): null is "not known". */
export type Truth = true | false | null;

/** False wins, else null, else true; true for none. */
export const and = (operands: readonly Truth[]): Truth =>
  operands.includes(false) ? false : operands.includes(null) ? null : true;

/** True wins, else null, else false; false for none. */
export const or = (operands: readonly Truth[]): Truth =>
  operands.includes(true) ? true : operands.includes(null) ? null : false;

export const not = (operand: Truth): Truth => (operand === null ? null : !operand);
