/**
 * A command line with its variable parts as typed slots: what two runs of "the same command" have in common. Slots are
 * tried in this order at each place; the first that fits wins, so the more specific ones come first.
 */
const SLOTS: readonly { readonly slot: string; readonly pattern: string }[] = [
  { slot: '<url>', pattern: String.raw`\b[a-z][a-z0-9+.-]{1,15}://[^\s'"<>|;)]+` },
  {
    slot: '<uuid>',
    pattern: String.raw`\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b`,
  },
  {
    slot: '<date>',
    pattern: String.raw`(?<!\d)\d{4}-\d{2}-\d{2}(?:[T_ ]\d{2}[:-]?\d{2}(?:[:-]?\d{2}(?:\.\d+)?)?Z?)?(?!\d)`,
  },
  { slot: '<ip>', pattern: String.raw`\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d{1,5}\b)?` },
  { slot: '<ip>', pattern: String.raw`\b(?:[0-9a-fA-F]{1,4}:){3,7}(?::?[0-9a-fA-F]{1,4}){1,5}\b` },
  // Names that programs make up in temporary folders: everything after the folder.
  { slot: '<temp>', pattern: String.raw`(?<=/(?:tmp|shm|var/tmp)/)[^\s'"/;|&)]*\d[^\s'"/;|&)]*` },
  { slot: '<hex>', pattern: String.raw`\b0[xX][0-9a-fA-F]+\b|\b(?=[0-9a-fA-F]*\d)(?=\d*[a-fA-F])[0-9a-fA-F]{8,}\b` },
  {
    slot: '<base64>',
    pattern: String.raw`(?<![\w/+])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{24,}={0,2}(?![\w/+])`,
  },
  { slot: '<n>', pattern: String.raw`(?<![A-Za-z0-9])\d+(?:\.\d+)?(?![A-Za-z0-9])` },
];

const ANY_SLOT = new RegExp(SLOTS.map(({ pattern }) => `(${pattern})`).join('|'), 'gu');

/** Longest stretch that is read; attackers choose the length of a command line, and the rest adds nothing to its shape. */
const READ = 4096;

/** A stretch of a command line as it stands, or the slot that takes the place of a variable part. */
export type ShapePart = string | { readonly slot: string };

/** What a command line is made of, in its order; what lies beyond the stretch that is read is one slot. */
export function shapeParts(commandLine: string): readonly ShapePart[] {
  const read = commandLine.slice(0, READ);
  const parts: ShapePart[] = [];
  let from = 0;
  for (const match of read.matchAll(ANY_SLOT)) {
    if (match.index > from) parts.push(read.slice(from, match.index));
    const index = SLOTS.findIndex((_, slot) => match[slot + 1] !== undefined);
    parts.push({ slot: SLOTS[index]?.slot ?? match[0] });
    from = match.index + match[0].length;
  }
  if (from < read.length) parts.push(read.slice(from));
  return commandLine.length > READ ? [...parts, { slot: '…' }] : parts;
}

/** The shape of a command line: `tar xf /tmp/build-1833.tgz` is `tar xf /tmp/<temp>`. */
export const commandShape = (commandLine: string): string =>
  shapeParts(commandLine)
    .map((part) => (typeof part === 'string' ? part : part.slot))
    .join('');
