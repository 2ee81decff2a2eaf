import { Link, useNavigate } from '@tanstack/react-router';
import { useChange } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { IconCopy, IconTrash } from '#client/ui/icons.ts';
import { confirm } from '#client/ui/overlays.tsx';
import { showDone, showProblem } from '#client/ui/toast.tsx';
import { duplicateRule, removeRule } from '#shared/api/rule-editing.ts';
import type { RuleOrigin } from '#shared/api/rules.ts';
import classes from './rules.module.css';

/** Edit, duplicate, and what takes either back. */
export function RuleActions({ slug, origin }: { readonly slug: string; readonly origin: RuleOrigin }) {
  const duplicate = useChange(duplicateRule, ['rules']);
  const remove = useChange(removeRule, ['rules', 'alerts']);
  const navigate = useNavigate();
  const takeBack = (): void =>
    remove.mutate(
      { params: { slug } },
      {
        onError: showProblem,
        onSuccess: () => {
          showDone(origin === 'changed' ? 'Put back to the shipped version' : 'Removed');
          if (origin === 'own') void navigate({ to: '/rules', search: {} });
        },
      },
    );
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
              onSuccess: (copy) => void navigate({ to: '/rules/$slug/edit', params: { slug: copy.slug } }),
            },
          )
        }
      >
        Duplicate
      </Button>
      {origin === 'shipped' ? null : (
        <Button
          icon={IconTrash}
          look="danger"
          busy={remove.isPending}
          onClick={() =>
            confirm({
              title: origin === 'changed' ? 'Put this rule back to the shipped version?' : 'Remove this rule?',
              text:
                origin === 'changed'
                  ? 'Your changes are lost. Its alerts stay.'
                  : 'Its alerts stay, and say that their rule is gone.',
              action: origin === 'changed' ? 'Put back' : 'Remove',
              onConfirm: takeBack,
            })
          }
        >
          {origin === 'changed' ? 'Put back' : 'Remove'}
        </Button>
      )}
    </>
  );
}
