import type { Upload } from '#shared/api/uploads.ts';
import type { Sending } from './use-sending.ts';

/**
 * The uploads without those that are this page's own files still on their way up: the server lists a file from its first
 * byte, and each shows as "sending" already. The size tells them, since the server may tidy a name; a file of the same
 * size that somebody else sends stays in the list.
 */
export function arrived(uploads: readonly Upload[], sending: readonly Sending[]): readonly Upload[] {
  const own = sending.filter(({ problem, sent }) => problem === null && sent > 0).map(({ total }) => total);
  return uploads.filter(({ status, bytesExpected }) => {
    const at = status === 'receiving' && bytesExpected !== null ? own.indexOf(bytesExpected) : -1;
    if (at >= 0) own.splice(at, 1);
    return at < 0;
  });
}
