import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { joinLines, linesIn } from './byte-lines.ts';

/** What a request brought for one source: the unit in which a spool takes data, whole or not at all. */
export interface Frame extends z.infer<typeof headerSchema> {
  /** Records as they came, one line each, without line feeds. */
  readonly lines: readonly Buffer[];
}

const headerSchema = z.object({
  /** The index or stream that the sender names, and the key that it showed. */
  source: z.string(),
  keyId: z.string(),
  /** How the sender's program names itself. */
  client: z.string(),
  /** When it came. */
  at: z.number(),
  /** Ids that the sender gave to records without one of their own, by place. */
  ids: z.array(z.tuple([z.number().int(), z.string()])),
  /** Records that are none, by place, with the reason. */
  rejects: z.array(z.tuple([z.number().int(), z.string()])),
  /** How far a resumable stream has come with these records. */
  stream: z.object({ id: z.string(), next: z.number().int() }).optional(),
  /** No more lines of the source are waited for: what is unfinished of it is taken as it is. */
  isEnd: z.boolean().optional(),
});

/** Bytes before a frame's content: its length and its CRC-32. */
export const FRAME_HEAD = 8;
/** Length, checksum, then a line of JSON and the records, a line each; nothing behind the last. */
export function encodeFrame({ lines, ...header }: Frame): Buffer {
  const frame = joinLines([Buffer.from(JSON.stringify(header)), ...lines], FRAME_HEAD).subarray(0, -1);
  const content = frame.subarray(FRAME_HEAD);
  frame.writeUInt32LE(content.length, 0);
  frame.writeUInt32LE(crc32(content), 4);
  return frame;
}

/** Bytes of the content that a head announces. */
export const contentLength = (head: Buffer): number => head.readUInt32LE(0);

/** A frame from its two parts; null where they are not of one: it was being written when the machine stopped. */
export const decodeFrame = (head: Buffer, content: Buffer): Frame | null =>
  content.length > 0 && content.length === contentLength(head) && crc32(content) === head.readUInt32LE(4)
    ? decode(content)
    : null;

/** Throws where a frame with a right checksum is not what was written: another program's file. */
function decode(content: Buffer): Frame {
  const [header = content, ...lines] = linesIn(content);
  return { ...headerSchema.parse(JSON.parse(header.toString('utf8'))), lines };
}
