import { sql } from 'kysely';
import type { Author } from '#server/state/activity.ts';
import { chunksOf } from '#server/state/chunks.ts';
import type { StateTransaction } from '#server/state/open-state.ts';
import { formatInstant } from '#shared/base/time.ts';
import { namesColumn } from './row.ts';
import type { Workflow } from './workflow.ts';

/** An alert with where it stood and where it is to stand. */
export interface WorkflowWrite {
  readonly id: string;
  readonly before: Workflow;
  readonly after: Workflow;
}

/**
 * Writes where alerts stand, those that end up alike in one statement: a change of 100,000 alerts is a few hundred
 * statements. The answer is each alert's version afterwards.
 */
export async function writeWorkflows(
  transaction: StateTransaction,
  author: Author,
  writes: readonly WorkflowWrite[],
): Promise<ReadonlyMap<string, number>> {
  const versions = new Map<string, number>();
  const alikes = new Map<string, { readonly after: Workflow; readonly ids: string[] }>();
  for (const { id, after } of writes) {
    const key = JSON.stringify(after);
    const alike = alikes.get(key) ?? { after, ids: [] };
    alike.ids.push(id);
    alikes.set(key, alike);
  }
  for (const { after, ids } of alikes.values()) {
    const { tags, ...columns } = after;
    for (const chunk of chunksOf(ids)) {
      const written = await transaction
        .updateTable('alerts')
        .set({ ...columns, tags: namesColumn.write([...tags]), updatedAt: formatInstant(author.now) })
        .set({ version: sql<number>`${sql.ref('version')} + 1` })
        .where('id', 'in', chunk)
        .returning(['id', 'version'])
        .execute();
      for (const { id, version } of written) versions.set(id, version);
    }
  }
  await writeTags(transaction, writes);
  return versions;
}

/** Tags as rows of their own, for filters and groups. */
async function writeTags(transaction: StateTransaction, writes: readonly WorkflowWrite[]): Promise<void> {
  const tagged = writes.filter(({ before, after }) => before.tags.join() !== after.tags.join());
  for (const chunk of chunksOf(tagged.map(({ id }) => id))) {
    await transaction.deleteFrom('alertValues').where('kind', '=', 'tag').where('alertId', 'in', chunk).execute();
  }
  const values = tagged.flatMap(({ id, after }) =>
    after.tags.map((value) => ({ alertId: id, kind: 'tag' as const, value })),
  );
  for (const chunk of chunksOf(values)) await transaction.insertInto('alertValues').values(chunk).execute();
}
