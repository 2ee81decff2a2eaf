/** What a sender shows: the secret, and the id of its key where it says that too. */
export interface Credentials {
  readonly id: string | null;
  readonly secret: string;
}

const SCHEME = /^(ApiKey|Basic|Bearer) +(\S+)$/i;
const LONGEST = 1000;

/**
 * Reads an `Authorization` header: `ApiKey base64(id:secret)`, `Basic` with the secret or `id:secret` as password or with the
 * id as user, `Bearer` with the secret, `id:secret` or its base64. Null for anything else.
 */
export function readCredentials(header: string | undefined): Credentials | null {
  const [, scheme = '', value = ''] = header && header.length <= LONGEST ? (SCHEME.exec(header.trim()) ?? []) : [];
  switch (scheme.toLowerCase()) {
    case 'apikey':
      return pairIn(decoded(value));
    case 'basic':
      return passwordIn(decoded(value));
    case 'bearer':
      return pairIn(value) ?? pairIn(decoded(value)) ?? secretOf(value);
    default:
      return null;
  }
}

const decoded = (value: string): string => Buffer.from(value, 'base64').toString('utf8');

const PAIR = /^([\w-]{1,64}):([\w-]{1,200})$/;

function pairIn(text: string): Credentials | null {
  const [, id, secret] = PAIR.exec(text) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : null;
}

/** Who logs in is no matter; what it is shown with decides. */
function passwordIn(text: string): Credentials | null {
  const password = text.slice(text.indexOf(':') + 1);
  return text.includes(':') ? (pairIn(password) ?? secretOf(password)) : null;
}

const secretOf = (text: string): Credentials | null =>
  /^[\w-]{1,200}$/.test(text) ? { id: null, secret: text } : null;
