/** A line of a stream. */
export interface GatheredLine {
  readonly bytes: Buffer;
  /** It was longer than allowed: `bytes` is its start only. */
  readonly isCut: boolean;
}

/** Splits a stream into lines, and never holds more of one than is allowed. */
export interface LineGatherer {
  /** The lines that this piece ends. */
  readonly push: (chunk: Buffer) => readonly GatheredLine[];
  /** What came behind the last line feed, if anything. */
  readonly rest: () => GatheredLine | null;
  /** Bytes up to the last line feed, that included. */
  readonly taken: () => number;
}

const NEWLINE = 10;

export function openLineGatherer(longest: number): LineGatherer {
  let parts: Buffer[] = [];
  let held = 0;
  let length = 0;
  let taken = 0;
  const keep = (part: Buffer): void => {
    length += part.length;
    if (held >= longest) return;
    const kept = part.subarray(0, longest - held);
    parts.push(kept);
    held += kept.length;
  };
  const close = (): GatheredLine => {
    const line = { bytes: Buffer.concat(parts), isCut: length > longest };
    parts = [];
    held = 0;
    length = 0;
    return line;
  };
  return {
    push(chunk) {
      const lines: GatheredLine[] = [];
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
        keep(chunk.subarray(start, end));
        taken += length + 1;
        lines.push(close());
        start = end + 1;
      }
      keep(chunk.subarray(start));
      return lines;
    },
    rest: () => (length > 0 ? close() : null),
    taken: () => taken,
  };
}
