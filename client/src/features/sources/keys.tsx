import { useState } from 'react';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { confirm } from '#client/ui/confirm.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { Tag } from '#client/ui/marks.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import rows from '#client/ui/rows.module.css';
import { TimeText } from '#client/ui/time-text.tsx';
import { showProblem, showUndo } from '#client/ui/toast.tsx';
import { createIngestKey, type IngestKey, listIngestKeys, revokeIngestKey } from '#shared/api/ingest-keys.ts';
import { type MadeKey, NewKey } from './new-key.tsx';
import classes from './sources.module.css';

/** Keys with which programs send events: made here, shown once, ended here. */
export function Keys({
  made,
  onMade,
}: {
  readonly made: MadeKey | null;
  readonly onMade: (made: MadeKey | null) => void;
}) {
  const keys = useEndpoint(listIngestKeys, {});
  const create = useChange(createIngestKey, ['sources']);
  const revoke = useChange(revokeIngestKey, ['sources']);
  const [name, setName] = useState('');
  const add = () =>
    create.mutate(
      { body: { name: name.trim() } },
      {
        onError: showProblem,
        onSuccess: (answer) => {
          setName('');
          onMade(answer);
          showUndo(`Key “${visibleText(name.trim())}” made`, async () => {
            await revoke.mutateAsync({ params: { id: answer.key.id } });
            onMade(null);
          });
        },
      },
    );
  return (
    <>
      <form
        className={classes['keyForm']}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') add();
        }}
      >
        <TextField label="Name of the key" placeholder="web servers" value={name} onChange={setName} />
        <Button type="submit" look="primary" busy={create.isPending} disabled={name.trim() === ''}>
          Make a key
        </Button>
      </form>
      {made ? <NewKey made={made} onClose={() => onMade(null)} /> : null}
      <QueryView query={keys} rows={2}>
        {({ keys: all }) =>
          all.length === 0 ? (
            <p className={classes['none']}>No program can send events yet.</p>
          ) : (
            <ul className={rows['list']}>
              {all.map((key) => (
                <KeyRow key={key.id} of={key} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </>
  );
}

function KeyRow({ of: key }: { readonly of: IngestKey }) {
  const revoke = useChange(revokeIngestKey, ['sources']);
  const ask = () =>
    confirm({
      title: `Revoke ${visibleText(key.name)}?`,
      text: 'Programs that send with it are refused at once. This cannot be undone; events already here stay.',
      action: 'Revoke',
      onConfirm: () => revoke.mutate({ params: { id: key.id } }, { onError: showProblem }),
    });
  return (
    <li className={rows['row']}>
      <div className={rows['head']}>
        <b>{visibleText(key.name)}</b>
        {key.revokedAt === null ? null : <Tag tone="plain">revoked</Tag>}
        {key.revokedAt === null ? (
          <Button busy={revoke.isPending} onClick={ask}>
            Revoke
          </Button>
        ) : null}
      </div>
      <p className={rows['figures']}>
        <span>
          made <TimeText iso={key.createdAt} /> by {visibleText(key.createdBy)}
        </span>
        <span>{key.lastUsedAt === null ? 'never used' : <LastUse iso={key.lastUsedAt} />}</span>
        {key.revokedAt === null ? null : (
          <span>
            revoked <TimeText iso={key.revokedAt} />
          </span>
        )}
      </p>
    </li>
  );
}

const LastUse = ({ iso }: { readonly iso: string }) => (
  <>
    last used <TimeText iso={iso} />
  </>
);
