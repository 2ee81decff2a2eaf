/** Where the value of a member stands in a document's bytes. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What a look at a document tells. */
export interface Glance {
  /** Where it says its event's id, if anywhere; the last member of a name counts, as it does to `JSON.parse`. */
  readonly eventId: Place | null;
}

/** Deeper documents are left to `JSON.parse`. */
const DEEPEST = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const NOT_JSON = -1;

const OF_DOCUMENT = [Buffer.from('event'), Buffer.from('event.id')];
const OF_EVENT = [Buffer.from('id')];
const [TRUE, FALSE, NULL] = [Buffer.from('true'), Buffer.from('false'), Buffer.from('null')];

/**
 * Looks through the bytes of a document without making anything of them: half of what parsing costs in time, and nothing for
 * the garbage collector. Null for what is no JSON object, and for what it leaves to others: names with escapes, great depth.
 */
export function glance(bytes: Uint8Array): Glance | null {
  const document = membersOf(bytes, skipSpace(bytes, 0), 1, OF_DOCUMENT);
  if (!document || skipSpace(bytes, document.end) !== bytes.length) return null;
  const [event, dotted = null] = document.values;
  if (!event || bytes[event.start] !== OPEN_OBJECT) return { eventId: dotted };
  const within = membersOf(bytes, event.start, 2, OF_EVENT);
  if (!within) return null;
  const [id] = within.values;
  return { eventId: id && wordEnd(bytes, id.start, NULL) === NOT_JSON ? id : dotted };
}

interface Members {
  /** Behind the object. */
  readonly end: number;
  /** The last value of each name that was asked for. */
  readonly values: readonly (Place | null)[];
}

/** An object's members of these names; null for what is none, and where a name of a member has escapes. */
function membersOf(bytes: Uint8Array, open: number, depth: number, names: readonly Uint8Array[]): Members | null {
  const values: (Place | null)[] = names.map(() => null);
  if (bytes[open] !== OPEN_OBJECT) return null;
  let at = skipSpace(bytes, open + 1);
  if (bytes[at] === CLOSE_OBJECT) return { end: at + 1, values };
  for (;;) {
    if (bytes[at] !== QUOTE) return null;
    const name = at + 1;
    at = stringEnd(bytes, name);
    if (at === NOT_JSON || isEscaped(bytes, name, at - 1)) return null;
    const nameEnd = at - 1;
    at = skipSpace(bytes, at);
    if (bytes[at] !== 0x3a) return null;
    const start = skipSpace(bytes, at + 1);
    const end = valueEnd(bytes, start, depth);
    if (end === NOT_JSON) return null;
    for (let which = 0; which < names.length; which++) {
      if (isName(bytes, name, nameEnd, names[which] ?? NULL)) values[which] = { start, end };
    }
    at = skipSpace(bytes, end);
    if (bytes[at] === CLOSE_OBJECT) return { end: at + 1, values };
    if (bytes[at] !== 0x2c) return null;
    at = skipSpace(bytes, at + 1);
  }
}

function isEscaped(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === BACKSLASH) return true;
  return false;
}

function isName(bytes: Uint8Array, start: number, end: number, name: Uint8Array): boolean {
  if (end - start !== name.length) return false;
  for (let at = 0; at < name.length; at++) if (bytes[start + at] !== name[at]) return false;
  return true;
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[at])
    at += 1;
  return at;
}

/** Behind the value that begins here. */
function valueEnd(bytes: Uint8Array, at: number, depth: number): number {
  const byte = bytes[at];
  if (byte === QUOTE) return stringEnd(bytes, at + 1);
  if (byte === OPEN_OBJECT) return depth < DEEPEST ? listEnd(bytes, at + 1, depth + 1, CLOSE_OBJECT) : NOT_JSON;
  if (byte === 0x5b) return depth < DEEPEST ? listEnd(bytes, at + 1, depth + 1, 0x5d) : NOT_JSON;
  if (byte === 0x74) return wordEnd(bytes, at, TRUE);
  if (byte === 0x66) return wordEnd(bytes, at, FALSE);
  if (byte === 0x6e) return wordEnd(bytes, at, NULL);
  return numberEnd(bytes, at);
}

const wordEnd = (bytes: Uint8Array, at: number, word: Uint8Array): number =>
  isName(bytes, at, Math.min(bytes.length, at + word.length), word) ? at + word.length : NOT_JSON;

/** Behind an object or an array, whose closing byte tells which. */
function listEnd(bytes: Uint8Array, from: number, depth: number, close: number): number {
  let at = skipSpace(bytes, from);
  if (bytes[at] === close) return at + 1;
  for (;;) {
    if (close === CLOSE_OBJECT) {
      if (bytes[at] !== QUOTE) return NOT_JSON;
      at = stringEnd(bytes, at + 1);
      if (at === NOT_JSON) return NOT_JSON;
      at = skipSpace(bytes, at);
      if (bytes[at] !== 0x3a) return NOT_JSON;
      at = skipSpace(bytes, at + 1);
    }
    at = valueEnd(bytes, at, depth);
    if (at === NOT_JSON) return NOT_JSON;
    at = skipSpace(bytes, at);
    if (bytes[at] === close) return at + 1;
    if (bytes[at] !== 0x2c) return NOT_JSON;
    at = skipSpace(bytes, at + 1);
  }
}

/** Behind the closing quote of a string. */
function stringEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) return at + 1;
    if (byte < 0x20) return NOT_JSON;
    if (byte !== BACKSLASH) continue;
    at += 1;
    const escaped = bytes[at];
    if (escaped === 0x75) {
      for (let digit = 1; digit <= 4; digit++) if (!isHex(bytes[at + digit])) return NOT_JSON;
      at += 4;
    } else if (!ESCAPES.has(escaped ?? 0)) return NOT_JSON;
  }
  return NOT_JSON;
}

const ESCAPES: ReadonlySet<number> = new Set(Buffer.from('"\\/bfnrt'));

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const isHex = (byte: number | undefined): boolean =>
  isDigit(byte) || (byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);

function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at += 1;
  return at === from ? NOT_JSON : at;
}

function numberEnd(bytes: Uint8Array, from: number): number {
  const first = bytes[from] === 0x2d ? from + 1 : from;
  let at = bytes[first] === 0x30 ? first + 1 : digitsEnd(bytes, first);
  if (at !== NOT_JSON && bytes[at] === 0x2e) at = digitsEnd(bytes, at + 1);
  if (at !== NOT_JSON && ((bytes[at] ?? 0) | 0x20) === 0x65) {
    const sign = bytes[at + 1];
    at = digitsEnd(bytes, sign === 0x2b || sign === 0x2d ? at + 2 : at + 1);
  }
  return at;
}
