import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A file of records as plain NDJSON: the file itself, or a copy of it in `folder`. */
export async function plainSource(path: string, folder: string, signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted();
  return safelyNamed(path, folder);
}

/** DuckDB reads a path as a pattern; a name with such characters is reached through a link. */
async function safelyNamed(path: string, folder: string): Promise<string> {
  if (!/[*?[\]{}]/.test(path)) return path;
  const link = join(folder, 'records.ndjson');
  await symlink(resolve(path), link);
  return link;
}
