/** How the bytes of a file are packed, by its first bytes, whatever its name. */
export type Compression = 'none' | 'gzip' | 'zstd';

/** `array`: one JSON array of records; `lines`: one record a line. */
export type Shape = 'lines' | 'array';

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

export function compressionOf(start: Buffer): Compression {
  if (start.subarray(0, 2).equals(GZIP_MAGIC)) return 'gzip';
  return start.subarray(0, 4).equals(ZSTD_MAGIC) ? 'zstd' : 'none';
}

/** An array begins with `[` and then an object, its own end, or nothing we can see; a line such as `[1]` is no array of records. */
export const shapeOf = (start: Buffer): Shape =>
  /^\ufeff?[ \t\r\n]*\[[ \t\r\n]*(?:\{|\][ \t\r\n]*$|$)/.test(start.toString('utf8')) ? 'array' : 'lines';
