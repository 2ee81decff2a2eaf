import { createHash } from 'node:crypto';

/** 22 characters that are equal for equal parts. */
export const digest = (...parts: readonly (string | number | undefined)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
