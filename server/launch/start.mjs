// npm start: everything from a clean clone to a running console.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode, ensureClientBuilt, ensureInstalled, ensureServerBuilt, ROOT } from './project.mjs';

checkNode();
await ensureInstalled();
await Promise.all([ensureServerBuilt(), ensureClientBuilt()]);
await import(pathToFileURL(join(ROOT, '.build', 'server', 'main.js')).href);
