import { useState } from 'react';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { problemOf } from '#client/format/problem.ts';
import { Button } from '#client/ui/button.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { Dialog } from '#client/ui/overlays.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Failure } from '#client/ui/states.tsx';
import { TimeText } from '#client/ui/time-text.tsx';
import { showUndo } from '#client/ui/toast.tsx';
import { exceptionHistory, revertException } from '#shared/api/exceptions.ts';
import { draftDifference } from '#shared/exceptions/draft-difference.ts';
import classes from './exceptions.module.css';

/** Every state an exception was in, with what each change changed and the way back. */
export function ExceptionHistory({
  id,
  name,
  onClose,
}: {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const query = useEndpoint(exceptionHistory, { params: { id } });
  const revert = useChange(revertException, ['exceptions', 'alerts']);
  const [override, setOverride] = useState('');
  const needsReason = revert.error !== null && problemOf(revert.error).details?.[0]?.path === 'body.override';
  const newest = query.data?.versions[0]?.version ?? 0;
  const back = (version: number): void =>
    revert.mutate(
      { params: { id }, body: { version, why: '', override } },
      {
        onSuccess: () => {
          showUndo(`Back to version ${version}`, () =>
            revert.mutateAsync({ params: { id }, body: { version: newest, why: '', override } }),
          );
          onClose();
        },
      },
    );
  return (
    <Dialog title={`History of “${name}”`} open onClose={onClose} size="lg">
      {revert.error ? <Failure error={revert.error} /> : null}
      {needsReason ? (
        <TextArea label="Why it may be put back all the same" value={override} onChange={setOverride} />
      ) : null}
      <QueryView query={query}>
        {({ versions }) => (
          <ol className={classes['history']} reversed>
            {versions.map(({ version, at, actor, action, why, draft }, index) => {
              const before = versions[index + 1];
              return (
                <li key={version}>
                  <span>
                    <b>{action}</b> by {actor}, <TimeText iso={at} />{' '}
                    {index > 0 && action !== 'deleted' ? (
                      <Button busy={revert.isPending} onClick={() => back(version)}>
                        Back to version {version}
                      </Button>
                    ) : null}
                  </span>
                  {why === '' ? null : <span className="dim">{visibleText(why)}</span>}
                  {before ? <Changes lines={draftDifference(before.draft, draft)} /> : null}
                </li>
              );
            })}
          </ol>
        )}
      </QueryView>
    </Dialog>
  );
}

function Changes({ lines }: { readonly lines: ReturnType<typeof draftDifference> }) {
  return (
    <div className={classes['mono']}>
      {lines.map(({ kind, text }) => (
        <div key={`${kind} ${text}`} className={classes[kind]}>
          {kind === 'gone' ? '− ' : '+ '}
          {visibleText(text)}
        </div>
      ))}
    </div>
  );
}
