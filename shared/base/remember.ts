/**
 * The same reading of texts, which gives what it gave before where one of the newest comes again: a rule's query is read for the
 * fields that it names, and then to be compiled, and the first readings of a program are by far the slowest.
 */
export function remembering<Value extends object>(read: (text: string) => Value): (text: string) => Value {
  const newest = new Map<string, Value>();
  return (text) => {
    const value = newest.get(text) ?? read(text);
    newest.delete(text);
    newest.set(text, value);
    const [oldest] = newest.keys();
    if (newest.size > MOST && oldest !== undefined) newest.delete(oldest);
    return value;
  };
}

const MOST = 8;
