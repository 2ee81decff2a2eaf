import { posix } from 'node:path';

/** The last part of a path; undefined for a path that has none. */
export function baseName(path: string | undefined): string | undefined {
  const name = path?.slice(path.lastIndexOf('/') + 1);
  return name === '' ? undefined : name;
}

/** A path as it was given to execve, made absolute; symlinks stay. */
export function absolutePath(path: string, workingDirectory: string | undefined): string {
  if (path.startsWith('/') || workingDirectory === undefined) return path;
  return posix.join(workingDirectory, path);
}
