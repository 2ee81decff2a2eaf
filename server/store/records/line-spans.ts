const NEWLINE = 10;

/** What stands between line feeds, what stands behind the last included: it may be nothing. */
export function* lineSpans(bytes: Buffer): Generator<readonly [start: number, end: number]> {
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    yield [start, end];
    start = end + 1;
  }
  yield [start, bytes.length];
}
