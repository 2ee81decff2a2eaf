import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '#client/api/call.ts';
import { useChange } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { ButtonLink } from '#client/ui/button-link.tsx';
import { IconCopy, IconHistory, IconTrash } from '#client/ui/icons.ts';
import { showDone, showProblem, showUndo } from '#client/ui/toast.tsx';
import { duplicateRule, removeRule } from '#shared/api/rule-editing.ts';
import type { getRule } from '#shared/api/rules.ts';
import { RemoveRule } from './remove-rule.tsx';
import { RuleHistory } from './rule-history.tsx';

/** Edit, duplicate, and what takes either back. */
export function RuleActions({ answer }: { readonly answer: AnswerOf<typeof getRule> }) {
  const { origin, version } = answer;
  const { slug } = answer.rule;
  const duplicate = useChange(duplicateRule, ['rules']);
  const remove = useChange(removeRule, ['rules']);
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'versions' | 'removal' | null>(null);
  const removed = (): void => {
    showDone('Removed');
    void navigate({ to: '/rules', search: {} });
  };
  return (
    <>
      <ButtonLink to="/rules/$slug/edit" params={{ slug }}>
        Edit
      </ButtonLink>
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
      {version === 0 ? null : (
        <Button icon={IconHistory} onClick={() => setAsking('versions')}>
          Versions
        </Button>
      )}
      {origin === 'own' ? (
        <Button icon={IconTrash} look="danger" onClick={() => setAsking('removal')}>
          Remove
        </Button>
      ) : null}
      {asking === 'versions' ? <RuleHistory answer={answer} onClose={() => setAsking(null)} /> : null}
      {asking === 'removal' ? <RemoveRule slug={slug} onDone={removed} onClose={() => setAsking(null)} /> : null}
    </>
  );
}
