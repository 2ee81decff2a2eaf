import { createHash } from 'node:crypto';

/** What is sent over one key into one index is one source. */
export const sourceId = (keyId: string, name: string): string =>
  createHash('sha256')
    .update(JSON.stringify([keyId, name]))
    .digest('hex')
    .slice(0, 16);
