import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { IconCopy, IconTrash } from '#client/ui/icons.ts';
import { showDone, showProblem, showUndo } from '#client/ui/toast.tsx';
import { duplicateRule, removeRule } from '#shared/api/rule-editing.ts';
import type { RuleOrigin } from '#shared/api/rules.ts';
import classes from './rules.module.css';
import { TakeBack } from './take-back.tsx';

/** Edit, duplicate, and what takes either back. */
export function RuleActions({ slug, origin }: { readonly slug: string; readonly origin: RuleOrigin }) {
  const duplicate = useChange(duplicateRule, ['rules']);
  const remove = useChange(removeRule, ['rules']);
  const navigate = useNavigate();
  const [takesBack, setTakesBack] = useState(false);
  const takenBack = (): void => {
    setTakesBack(false);
    showDone(origin === 'changed' ? 'Put back to the shipped version' : 'Removed');
    if (origin === 'own') void navigate({ to: '/rules', search: {} });
  };
  return (
    <>
      <Link to="/rules/$slug/edit" params={{ slug }} className={classes['linkButton']}>
        Edit
      </Link>
      <Button
        icon={IconCopy}
        busy={duplicate.isPending}
        onClick={() =>
          duplicate.mutate(
            { params: { slug } },
            {
              onError: showProblem,
              onSuccess: (copy) => {
                void navigate({ to: '/rules/$slug/edit', params: { slug: copy.slug } });
                showUndo('Duplicated: this is the copy', async () => {
                  await navigate({ to: '/rules/$slug', params: { slug } });
                  await remove.mutateAsync({ params: { slug: copy.slug }, body: { why: '', override: '' } });
                });
              },
            },
          )
        }
      >
        Duplicate
      </Button>
      {origin === 'shipped' ? null : (
        <Button icon={IconTrash} look="danger" onClick={() => setTakesBack(true)}>
          {origin === 'changed' ? 'Put back' : 'Remove'}
        </Button>
      )}
      {takesBack && origin !== 'shipped' ? (
        <TakeBack slug={slug} origin={origin} onDone={takenBack} onClose={() => setTakesBack(false)} />
      ) : null}
    </>
  );
}
