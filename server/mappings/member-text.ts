const [QUOTE, BACKSLASH, OPEN, CLOSE, LIST, LIST_END, COLON] = ['"', '\\', '{', '}', '[', ']', ':'] as const;

/**
 * The text of a member of a JSON object, exactly as it stands there: no digit of a number is lost. The text must be valid
 * JSON. Undefined where the object has no such member at its top; of several the first.
 */
export function memberText(json: string, key: string): string | undefined {
  const name = JSON.stringify(key);
  let depth = 0;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (character === OPEN || character === LIST) depth += 1;
    else if (character === CLOSE || character === LIST_END) depth -= 1;
    else if (character === QUOTE) {
      const end = stringEnd(json, index);
      const colon = afterBlanks(json, end);
      if (depth === 1 && json[colon] === COLON && json.slice(index, end) === name) return valueAt(json, colon + 1);
      index = end - 1;
    }
  }
  return undefined;
}

/** Where a string that begins here is over. */
function stringEnd(json: string, start: number): number {
  let end = json.indexOf(QUOTE, start + 1);
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf(QUOTE, end + 1);
  return end === -1 ? json.length : end + 1;
}

function isEscaped(json: string, index: number): boolean {
  let count = 0;
  while (json[index - 1 - count] === BACKSLASH) count += 1;
  return count % 2 === 1;
}

function afterBlanks(json: string, start: number): number {
  let index = start;
  while (json[index] === ' ' || json[index] === '\t') index += 1;
  return index;
}

function valueAt(json: string, from: number): string {
  const start = afterBlanks(json, from);
  let depth = 0;
  for (let index = start; index < json.length; index += 1) {
    const character = json[index];
    if (character === QUOTE) index = stringEnd(json, index) - 1;
    else if (character === OPEN || character === LIST) depth += 1;
    else if ((character === CLOSE || character === LIST_END) && --depth === 0) return json.slice(start, index + 1);
    else if (depth <= 0 && (character === ',' || character === CLOSE)) return json.slice(start, index).trim();
  }
  return json.slice(start).trim();
}
