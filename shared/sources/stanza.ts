/** What a sender needs to know of this console. */
export interface Target {
  /** Where events are taken, without a path: `https://oddspawn.example:8443`. */
  readonly origin: string;
  readonly host: string;
  readonly port: string;
  readonly tls: boolean;
  /** The key in the forms that programs ask for: both parts, and what the header `Authorization: ApiKey …` takes. */
  readonly id: string;
  readonly secret: string;
  readonly encoded: string;
}

/** A piece of some program's configuration that brings its events here. */
export interface Stanza {
  readonly id: string;
  readonly title: string;
  /** The file that it goes into, or where it is typed. */
  readonly place: string;
  readonly text: (target: Target) => string;
  /** What to know before it is used. */
  readonly notes: readonly string[];
  /** What to add, and where, for a certificate that an authority of one's own has signed: nothing here switches the check off. */
  readonly ownAuthority: { readonly setting: string; readonly place: string };
}

/** What stands where a key's parts belong, as long as none was just made. */
export const PLACEHOLDER = { id: 'ID', secret: 'KEY', encoded: 'BASE64_OF_ID:KEY' } as const;

const ADDRESS = /^(https?):\/\/(\[[\da-f:]+\]|[a-z\d][a-z\d.-]*)(?::(\d{1,5}))?\/?$/i;

/** The target at an address as a user types it; null where that is none. Its parts are safe in every configuration. */
export function targetAt(address: string, key: Pick<Target, 'id' | 'secret' | 'encoded'> = PLACEHOLDER): Target | null {
  const [, scheme, host, given] = ADDRESS.exec(address.trim()) ?? [];
  if (scheme === undefined || host === undefined) return null;
  const tls = scheme.toLowerCase() === 'https';
  const port = given ?? (tls ? '443' : '80');
  if (Number(port) > 65_535) return null;
  const { id, secret, encoded } = key;
  return { origin: `${tls ? 'https' : 'http'}://${host}:${port}`, host, port, tls, id, secret, encoded };
}
