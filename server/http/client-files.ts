import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler, type Router } from 'express';
import { POSITION_PLACEHOLDER } from '#shared/api/changes.ts';
import { HttpRefusal } from './problem.ts';
import { nonceOf } from './security.ts';

/** What the built page has where the nonce belongs. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/**
 * The built client: files under `/assets` carry a digest in their name and never change; every other address is the page
 * itself, which reads the address in the browser.
 * @param position where the live stream has got to: the page asks for what changed after it
 */
export function clientFiles(folder: string, position: () => string): Router {
  const router = express.Router();
  const assets = express.static(join(folder, 'assets'), {
    immutable: true,
    maxAge: '1y',
    index: false,
    redirect: false,
  });
  router.use('/assets', assets, () => {
    throw new HttpRefusal(404, { code: 'not-found', message: 'There is no such file.' });
  });
  const page: RequestHandler = async (_request, response) => {
    const text = await readPage(folder);
    response
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(text.replaceAll(NONCE_PLACEHOLDER, nonceOf(response)).replace(POSITION_PLACEHOLDER, position()));
  };
  router.get('/index.html', page); // As a mere file it would come without its nonce.
  router.use(express.static(folder, { index: false, redirect: false, maxAge: '1h' }));
  router.get('/{*path}', page);
  return router;
}

async function readPage(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, 'index.html'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new HttpRefusal(404, { code: 'not-found', message: 'The console is not built; npm start builds it.' });
  }
}
