// npm run -s oddspawn -- …: the command line, built when it is not.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode, ensureInstalled, ensureServerBuilt, ROOT } from './project.mjs';

checkNode();
await ensureInstalled();
await ensureServerBuilt();
await import(pathToFileURL(join(ROOT, '.build', 'server', 'cli.js')).href);
