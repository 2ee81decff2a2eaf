import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 9;
const SECRET_BYTES = 32;

/** A new key's id (public) and secret (256 random bits), both base64url. */
export const newIngestSecret = (): { readonly id: string; readonly secret: string } => ({
  id: randomBytes(ID_BYTES).toString('base64url'),
  secret: randomBytes(SECRET_BYTES).toString('base64url'),
});

/** What is kept of a secret. A plain digest is enough: nobody guesses 256 random bits, however fast. */
export const secretDigest = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Whether two digests are equal, in a time that does not tell where they differ. */
export function sameDigest(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
