/** The line that each line of a mapped file was made from: four bytes an event. */
export interface LineNumbers {
  readonly add: (original: number) => void;
  /** Of the mapped file's line, from 1. */
  readonly at: (mapped: number) => number;
}

export function lineNumbers(): LineNumbers {
  let numbers = new Uint32Array(1024);
  let length = 0;
  return {
    add(original) {
      if (length === numbers.length) {
        const larger = new Uint32Array(length * 2);
        larger.set(numbers);
        numbers = larger;
      }
      numbers[length] = original;
      length += 1;
    },
    at: (mapped) => (mapped <= length ? numbers[mapped - 1] : undefined) ?? mapped,
  };
}
