import { ProblemError } from '#client/format/problem.ts';
import { UPLOAD_PATH, type Upload, uploadSchema } from '#shared/api/uploads.ts';
import { problemIn, urlOf } from './call.ts';

export interface SentBytes {
  readonly sent: number;
  readonly total: number;
}

/**
 * Sends a file as it is, streamed by the browser. XMLHttpRequest, because fetch tells nothing about the way up.
 * @throws ProblemError; code `cancelled` when the signal aborts.
 */
export function sendFile(file: File, onSent: (bytes: SentBytes) => void, signal: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', urlOf(UPLOAD_PATH, { query: { name: file.name } }));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onSent({ sent: loaded, total });
    request.onload = () => {
      const answer = parse(request.responseText);
      const upload = uploadSchema.safeParse(answer);
      if (request.status < 300 && upload.success) resolve(upload.data);
      else reject(new ProblemError(problemIn(answer, request.status), request.status));
    };
    request.onerror = () =>
      reject(new ProblemError({ code: 'unreachable', message: 'The connection broke while sending the file.' }, 0));
    request.onabort = () => reject(new ProblemError({ code: 'cancelled', message: 'Cancelled.' }, 0));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
