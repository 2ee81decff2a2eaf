import { useState } from 'react';
import { useChange } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { TextField } from '#client/ui/fields.tsx';
import { LineDiff } from '#client/ui/line-diff.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import { Failure } from '#client/ui/states.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { type GuideVersionShown, revertRuleGuide } from '#shared/api/guide.ts';
import type { Guide } from '#shared/guide/guide.ts';
import { guideText } from '#shared/guide/guide-text.ts';
import { diffLines } from '#shared/rule/line-diff.ts';
import classes from './guide-editor.module.css';

const NEAR = 1;

/** Every state of the guide, what each changed, and the ways back. */
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
  const [why, setWhy] = useState('');
  const newest = versions[0]?.version ?? 0;
  const back = (to: number): void =>
    revert.mutate(
      { params: { slug }, body: { to, version: newest, why } },
      {
        onSuccess: ({ version }) =>
          onDone(to === 0 ? 'Put back to the shipped guide' : `Back to version ${to}`, newest, version),
      },
    );
  const textOf = (version: GuideVersionShown | undefined): string => {
    const guide = version?.guide ?? shipped;
    return guide ? guideText(guide) : '';
  };
  return (
    <Dialog title="History of the guide" open onClose={onClose} size="xl">
      {revert.error ? <Failure error={revert.error} /> : null}
      <TextField label="Why it is put back" value={why} onChange={setWhy} />
      <ol className={classes['history']} reversed>
        {versions.map((one, index) => (
          <li key={one.version}>
            <span>
              <b>Version {one.version}</b> by {visibleText(one.actor)}, <TimeText iso={one.at} />
              {one.why === '' ? null : `: ${visibleText(one.why)}`}{' '}
              {index > 0 ? (
                <Button busy={revert.isPending} onClick={() => back(one.version)}>
                  Back to version {one.version}
                </Button>
              ) : null}
            </span>
            <LineDiff lines={diffLines(textOf(versions[index + 1]), textOf(one))} near={NEAR} />
          </li>
        ))}
        <li>
          <span>
            <b>As shipped</b>{' '}
            {versions[0]?.guide ? (
              <Button busy={revert.isPending} onClick={() => back(0)}>
                Put back to shipped
              </Button>
            ) : null}
          </span>
        </li>
      </ol>
    </Dialog>
  );
}
