import { randomBytes } from 'node:crypto';

/**
 * A new id that sorts by the time it was made (RFC 9562, version 7), and within one millisecond by `order` (0 to 4095)
 * where given.
 */
export function newId(now: number, order?: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt16BE(0x7000 | ((order ?? bytes.readUInt16BE(6)) & 0x0fff), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
