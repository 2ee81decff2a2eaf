import { chunksOf } from '#server/state/chunks.ts';
import type { StateReader } from '#server/state/open-state.ts';

/** The stored alert about some keys that an analyst would want to know of. */
export interface StoredVerdict {
  readonly alert: string;
  readonly verdict: string | null;
  /** It is not closed. */
  readonly open: boolean;
  /** Any alert about these keys was closed as a true positive. */
  readonly truePositive: boolean;
}

/** By the digest of rule and keys: the newest alert, and whether any was a true positive. */
export async function verdictsByKeys(
  state: StateReader,
  digests: readonly string[],
): Promise<ReadonlyMap<string, StoredVerdict>> {
  const verdicts = new Map<string, StoredVerdict>();
  for (const chunk of chunksOf(digests)) {
    const rows = await state
      .selectFrom('alerts')
      .select(['id', 'keysDigest', 'verdict', 'status'])
      .where('keysDigest', 'in', chunk)
      .orderBy('raisedAt')
      .orderBy('id')
      .execute();
    for (const { id, keysDigest, verdict, status } of rows) {
      const truePositive =
        verdict?.startsWith('true-positive') === true || verdicts.get(keysDigest)?.truePositive === true;
      verdicts.set(keysDigest, { alert: id, verdict, open: status !== 'closed', truePositive });
    }
  }
  return verdicts;
}
