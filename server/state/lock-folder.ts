import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';

export interface FolderLock {
  release(): void;
}

/** Beside the lock: the number of the process that holds it, for whoever is refused. */
const HOLDER = 'lock.pid';

/**
 * Holds a data folder for this process: two of them would write over each other. The lock is the operating system's, on
 * an otherwise empty database file, and ends with the process however it ends. Throws where the folder is held, with one line
 * that names the folder and the process.
 */
export function lockFolder(folder: string): FolderLock {
  const database = new Libsql(join(folder, 'lock'));
  const holder = join(folder, HOLDER);
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw isBusy(error) ? new Error(inUse(folder, holderIn(holder))) : error;
  }
  writeFileSync(holder, `${process.pid}\n`);
  return {
    release: () => {
      rmSync(holder, { force: true });
      database.close();
    },
  };
}

function holderIn(path: string): string | null {
  try {
    return /^\d+$/m.exec(readFileSync(path, 'utf8'))?.[0] ?? null;
  } catch {
    return null; // It has the lock and has not written its number yet.
  }
}

const inUse = (folder: string, holder: string | null): string =>
  `Another Oddspawn${holder === null ? '' : ` (process ${holder})`} is already running on ${folder}. End it, or set ODDSPAWN_DATA to another folder.`;

const isBusy = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
