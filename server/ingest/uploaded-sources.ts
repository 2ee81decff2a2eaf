import { mappingNamed } from '#server/mappings/registry.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { UploadedSource } from '#shared/api/sources.ts';
import { uploadedSource } from './source-settings.ts';

/** What was uploaded, by what its files were recognised as; the last one first. */
export async function readUploadedSources(state: StateReader, split: ReadonlySet<string>): Promise<UploadedSource[]> {
  const rows = await state
    .selectFrom('uploads')
    .select(['recognised'])
    .select(({ fn }) => [
      fn.countAll<number>().as('files'),
      fn.sum<number>('records').as('records'),
      fn.sum<number>('events').as('events'),
      fn.sum<number>('duplicates').as('duplicates'),
      fn.sum<number>('rejected').as('rejected'),
      fn.max('startedAt').as('lastUpload'),
    ])
    .where('recognised', 'is not', null)
    .where('status', '=', 'done')
    .groupBy('recognised')
    .orderBy('lastUpload', 'desc')
    .execute();
  return rows.flatMap(({ recognised, ...counts }) => {
    if (recognised === null) return [];
    const id = uploadedSource(recognised);
    return [{ id, title: mappingNamed(recognised)?.title ?? recognised, ...counts, splitMerged: split.has(id) }];
  });
}
