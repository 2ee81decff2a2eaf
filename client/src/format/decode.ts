/** A stretch of a text that reads as something else, and what it reads as. */
export interface Decoded {
  readonly encoding: 'base64' | 'base64 (UTF-16)' | 'hex' | 'URL';
  /** As it stands in the text. */
  readonly source: string;
  readonly text: string;
  /** What is encoded within. */
  readonly inner: readonly Decoded[];
}

const MAX_DEPTH = 3;
const MAX_SOURCE = 64 * 1024;
const MAX_FINDINGS = 8;

const BASE64 = /[A-Za-z0-9+/_-]{12,}={0,2}/g;
const HEX = /(?:\\x[0-9a-fA-F]{2}){4,}|\b(?:0x)?(?:[0-9a-fA-F]{2}){8,}\b/g;
const URL_ESCAPES = /[^\s'"]*%[0-9a-fA-F]{2}[^\s'"]*/g;

/**
 * Finds what is encoded in a command line: base64 of UTF-8 or UTF-16LE, hexadecimal bytes and percent escapes, three
 * levels deep. Only what decodes to readable text counts, so that paths and digests are left alone.
 */
export function decodeText(text: string, depth = 1): readonly Decoded[] {
  if (depth > MAX_DEPTH || text.length > MAX_SOURCE) return [];
  const findings: Decoded[] = [];
  const taken = new Set<string>();
  for (const { pattern, read } of READERS) {
    for (const [source] of text.matchAll(pattern)) {
      if (taken.has(source) || findings.length >= MAX_FINDINGS) continue;
      const found = read(source);
      if (!found || found.text === source) continue;
      taken.add(source);
      findings.push({ ...found, source, inner: decodeText(found.text, depth + 1) });
    }
  }
  return findings;
}

type Reading = Pick<Decoded, 'encoding' | 'text'> | null;

const READERS: readonly { readonly pattern: RegExp; readonly read: (source: string) => Reading }[] = [
  { pattern: HEX, read: readHex },
  { pattern: BASE64, read: readBase64 },
  { pattern: URL_ESCAPES, read: readUrl },
];

function readHex(source: string): Reading {
  const digits = source.replace(/\\x|^0x/g, '');
  const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const text = utf8(bytes);
  return text !== null && isReadable(text) ? { encoding: 'hex', text } : null;
}

function readBase64(source: string): Reading {
  const unpadded = source.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  if (unpadded.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(unpadded), (character) => character.charCodeAt(0));
  const wide = utf16(bytes);
  if (wide !== null) return { encoding: 'base64 (UTF-16)', text: wide };
  const text = utf8(bytes);
  return text !== null && isReadable(text) ? { encoding: 'base64', text } : null;
}

function readUrl(source: string): Reading {
  try {
    return { encoding: 'URL', text: decodeURIComponent(source) };
  } catch {
    return null;
  }
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** UTF-16LE where every second byte is zero for most characters, as PowerShell's encoded commands are. */
function utf16(bytes: Uint8Array): string | null {
  if (bytes.length < 8 || bytes.length % 2 !== 0) return null;
  const high = bytes.filter((_, index) => index % 2 === 1);
  if (high.filter((byte) => byte === 0).length < high.length * 0.8) return null;
  const text = new TextDecoder('utf-16le').decode(bytes);
  return isReadable(text) ? text : null;
}

/** Printable throughout, with a word in it: random bytes that happen to be valid UTF-8 are not. */
function isReadable(text: string): boolean {
  const printable = text.replace(/[^\x20-\x7e\n\r\t\u00c0-\u024f]/gu, '');
  return text.length >= 4 && printable.length >= text.length * 0.97 && /[a-zA-Z]{2,}/.test(text);
}
