import { useChange } from '#client/api/use-endpoint.ts';
import { VersionHistory } from '#client/ui/version-history.tsx';
import { type GuideVersionShown, revertRuleGuide } from '#shared/api/guide.ts';
import type { Guide } from '#shared/guide/guide.ts';
import { GuideDiff } from './guide-diff.tsx';

/** Every state of the guide, any two of them compared, and the way back. */
export function GuideHistory({
  slug,
  shipped,
  versions,
  onDone,
  onClose,
}: {
  readonly slug: string;
  readonly shipped: Guide | null;
  readonly versions: readonly GuideVersionShown[];
  /** What was done, from which version, and the version that it made. */
  readonly onDone: (what: string, before: number, now: number) => void;
  readonly onClose: () => void;
}) {
  const revert = useChange(revertRuleGuide, ['rules', 'alerts']);
  const newest = versions[0]?.version ?? 0;
  const guideAt = (wanted: number): Guide | null =>
    versions.find(({ version }) => version === wanted)?.guide ?? shipped;
  return (
    <VersionHistory
      title="Versions of the guide"
      versions={[
        ...versions.map(({ version, at, actor, why }) => ({ version, made: { at, actor, why } })),
        { version: 0, made: null },
      ]}
      compare={(before, after) => <GuideDiff before={guideAt(before)} after={guideAt(after)} />}
      back={{
        ...revert,
        go: (to, { why }) =>
          revert.mutate(
            { params: { slug }, body: { to, version: newest, why } },
            {
              onSuccess: ({ version }) =>
                onDone(to === 0 ? 'Back to the shipped guide' : `Back to version ${to}`, newest, version),
            },
          ),
      }}
      onClose={onClose}
    />
  );
}
