export interface ArraySplitter {
  /** The next bytes of the array, changed in place. */
  split(chunk: Buffer): Buffer;
  /** To be called at the end; throws where the array is not complete. */
  finish(): void;
}

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 44, 91, 93, 123, 125];
const [TAB, NEWLINE, RETURN, BLANK] = [9, 10, 13, 32];

/**
 * Turns the bytes of one JSON array into NDJSON, byte for byte: the commas between elements become line feeds, line ends
 * within an element become blanks, the brackets around become blanks. An element that is no JSON stays one line, as long as
 * its quotes and brackets pair.
 */
export function arraySplitter(): ArraySplitter {
  let depth = 0;
  let isText = false;
  let isEscaped = false;
  let isClosed = false;
  const inText = (byte: number) => {
    if (isEscaped) isEscaped = false;
    else if (byte === BACKSLASH) isEscaped = true;
    else if (byte === QUOTE) isText = false;
  };
  return {
    split: (chunk) => {
      for (let index = 0; index < chunk.length; index += 1) {
        const byte = chunk[index] as number;
        if (isText) inText(byte);
        else if (isClosed) refuseTail(byte);
        else if (byte === QUOTE) isText = true;
        else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
          if (depth === 0) chunk[index] = BLANK;
          depth += 1;
        } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
          depth -= 1;
          isClosed = depth === 0;
          if (isClosed) chunk[index] = BLANK;
        } else if (byte === COMMA && depth === 1) chunk[index] = NEWLINE;
        if (byte === NEWLINE || byte === RETURN) chunk[index] = BLANK;
      }
      return chunk;
    },
    finish: () => {
      if (!isClosed) throw new Error('The JSON array is not closed: the file ends early');
    },
  };
}

function refuseTail(byte: number): void {
  const isSpace = byte === BLANK || byte === TAB || byte === NEWLINE || byte === RETURN;
  if (!isSpace) throw new Error('There is more in the file after the end of its JSON array');
}
