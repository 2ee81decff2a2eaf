import type { Readable } from 'node:stream';
import { spool } from '#server/ingest/spool.ts';
import { Refusal } from '#server/refusal.ts';
import type { Author } from '#server/state/activity.ts';
import { Cancelled } from '#server/timing/work-list.ts';
import { spoolPath } from './upload-job.ts';
import type { UploadRow, UploadWork } from './upload-records.ts';
import { recordUpload, type UploadContext } from './upload-work.ts';

/** Brings a sender's bytes to the spool. A sender that goes away has cancelled. */
export async function receiveFile(
  context: UploadContext,
  limit: number,
  source: Readable,
  row: UploadRow,
  work: UploadWork,
  author: Author,
): Promise<UploadRow> {
  const onBytes = (bytes: number): void =>
    work.report({ bytesReceived: bytes, progress: row.bytesExpected ? bytes / row.bytesExpected : null });
  try {
    const path = spoolPath(context.folder, row.id);
    const { bytes, sha256 } = await spool(source, path, { limit, signal: work.signal, onBytes });
    work.report({ progress: null });
    const change = { status: 'loading', bytesReceived: bytes, sha256 };
    return await recordUpload(context, author, row, change, { action: 'received', detail: row.name });
  } catch (error) {
    if (isSenderGone(error)) work.controller.abort(new Cancelled(author.actor));
    throw work.signal.aborted && work.signal.reason instanceof Cancelled ? cancelled() : error;
  }
}

const cancelled = (): Refusal => new Refusal('conflict', 'The upload was cancelled.');

const SENDER_GONE: ReadonlySet<unknown> = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET']);

const isSenderGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && SENDER_GONE.has(error.code);
