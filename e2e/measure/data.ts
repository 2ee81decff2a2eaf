import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../program.ts';

/** Data that is measured with: made once, kept, and used again. */
export const DATA = ['queue', 'tree', 'fleet'] as const;
export type DataName = (typeof DATA)[number];

export const MEASURED = join(ROOT, '.build', 'measure');

export const folderOf = (name: DataName): string => join(MEASURED, name);

/** Written when all of it is there. */
export const readyFile = (name: DataName): string => join(folderOf(name), 'ready');

export const isReady = (name: DataName): boolean => existsSync(readyFile(name));
