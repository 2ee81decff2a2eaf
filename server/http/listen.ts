import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { limitTimes } from './timeouts.ts';

export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Takes no more connections; resolves when the present ones have ended, cut off after a while. */
  readonly close: () => Promise<void>;
}

const GRACE_MILLISECONDS = 3000;

/** Certificate chain and private key, PEM. */
export interface Secrets {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Binds the address, with TLS where there are secrets for it; rejects where that is impossible (`EADDRINUSE`). */
export async function listen(app: RequestListener, host: string, port: number, secrets?: Secrets): Promise<Listening> {
  const server = secrets ? createSecureServer({ ...secrets, minVersion: 'TLSv1.2' }, app) : createServer(app);
  limitTimes(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `${secrets ? 'https' : 'http'}://${name}:${address.port}`,
    port: address.port,
    close: () => closeServer(server),
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), GRACE_MILLISECONDS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
