import { join } from 'node:path';
import Libsql from 'libsql';

export interface FolderLock {
  release(): void;
}

/**
 * Holds a data folder for this process: two of them would write over each other. The lock is the operating system's, on
 * an otherwise empty database file, and ends with the process however it ends. Throws where the folder is held.
 */
export function lockFolder(folder: string): FolderLock {
  const database = new Libsql(join(folder, 'lock'));
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw isBusy(error) ? new Error(`Another Oddspawn is already running on ${folder}.`) : error;
  }
  return { release: () => database.close() };
}

const isBusy = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
