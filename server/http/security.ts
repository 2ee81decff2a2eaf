import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { HttpRefusal } from './problem.ts';

/** Name under which a response's nonce is kept in `response.locals`. */
export const NONCE = 'cspNonce';

/** A fresh nonce for every response: what `style-src` allows, and what the page's own styles carry. */
export const nonce: RequestHandler = (_request, response, next) => {
  response.locals[NONCE] = randomBytes(18).toString('base64');
  next();
};

export const nonceOf = (response: Response): string => String(response.locals[NONCE]);

/** Nothing from outside, nothing inline; styles with the response's nonce only. */
export const headers: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response as Response)}'`],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      fontSrc: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
    },
  },
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  // Plain HTTP on loopback: there is no secure transport to insist on.
  strictTransportSecurity: false,
});

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `name` and `port` of a Host header. */
const HOST = /^(\[[0-9a-f:.]+\]|[^:]+)(?::(\d{1,5}))?$/i;

/**
 * Answers only under the names of this machine: a foreign name that resolves to loopback (DNS rebinding) would make us
 * same-origin with a page of its owner.
 */
export const ownHost =
  (boundHost: string): RequestHandler =>
  (request, _response, next) => {
    const [, name = '', port = '80'] = HOST.exec(request.headers.host ?? '') ?? [];
    const isOurs = LOOPBACK_NAMES.has(name.toLowerCase()) || name === boundHost;
    if (!isOurs || Number(port) !== request.socket.localPort) {
      throw new HttpRefusal(421, {
        code: 'forbidden',
        message: 'This server answers only under its loopback address.',
      });
    }
    next();
  };

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Changes come from our own pages, or from a program that is no browser: that sends neither `Sec-Fetch-Site` nor
 * `Origin`, which a page cannot suppress.
 */
export const ownOrigin: RequestHandler = (request, _response, next) => {
  if (!SAFE_METHODS.has(request.method) && !isOwn(request)) {
    throw new HttpRefusal(403, { code: 'forbidden', message: 'Changes from other sites are refused.' });
  }
  next();
};

function isOwn(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = request.headers;
  return origin === undefined || origin === `http://${host}`;
}

const WINDOW_MILLISECONDS = 60_000;
/** Far beyond a person's scrolling and clicking; stops a script that has run away. */
const REQUESTS_PER_WINDOW = 6000;

export const limitRate = (): RequestHandler =>
  rateLimit({
    windowMs: WINDOW_MILLISECONDS,
    limit: REQUESTS_PER_WINDOW,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    message: { code: 'busy', message: 'Too many requests within a minute.' },
  });
