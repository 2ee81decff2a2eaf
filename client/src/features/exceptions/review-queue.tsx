import type { AnswerOf } from '#client/api/call.ts';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { confirm } from '#client/ui/confirm.tsx';
import { IconShieldOff } from '#client/ui/icons.ts';
import { Tag, type Tone } from '#client/ui/marks.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Empty } from '#client/ui/states.tsx';
import { showProblem } from '#client/ui/toast.tsx';
import { reviewExceptions, seeNotice } from '#shared/api/exceptions.ts';
import classes from './exceptions.module.css';

type Item = AnswerOf<typeof reviewExceptions>['items'][number];

const KINDS: Readonly<Record<Item['kind'], { readonly words: string; readonly tone: Tone }>> = {
  canary: { words: 'hides something new', tone: 'high' },
  unusable: { words: 'cannot be applied', tone: 'critical' },
  expired: { words: 'expired', tone: 'medium' },
  expires: { words: 'expires soon', tone: 'low' },
  dead: { words: 'no hits', tone: 'plain' },
  unexplained: { words: 'no reason', tone: 'medium' },
};

/** Exceptions that somebody should look at, and why. */
export function ReviewQueue({ onEdit }: { readonly onEdit: (id: string) => void }) {
  const query = useEndpoint(reviewExceptions, {});
  const see = useChange(seeNotice, ['exceptions']);
  const accept = (name: string, id: string): void =>
    confirm({
      title: 'Is it as it should be?',
      text: `This notice about “${visibleText(name)}” goes for good. The next new host, parent or command brings another.`,
      action: 'As it should be',
      onConfirm: () => see.mutate({ params: { id } }, { onError: showProblem }),
    });
  return (
    <QueryView query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title="Nothing to review" icon={IconShieldOff}>
            Exceptions come here before they expire, when they hide nothing any more, and when one begins to hide a
            host, parent or command that it did not hide when it was approved.
          </Empty>
        ) : (
          <ul className={classes['boxed']} aria-label="Exceptions to review">
            {items.map(({ exception, name, kind, detail, notice }) => (
              <li key={notice ?? `${exception} ${kind}`} className={classes['due']}>
                <span>
                  <Tag tone={KINDS[kind].tone}>{KINDS[kind].words}</Tag>
                </span>
                <span className={classes['about']}>
                  <b>{visibleText(name)}</b>
                  <span className="dim">{visibleText(detail)}</span>
                </span>
                <span className={classes['rowButtons']}>
                  {notice === null ? null : <Button onClick={() => accept(name, notice)}>As it should be</Button>}
                  <Button onClick={() => onEdit(exception)}>Edit</Button>
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </QueryView>
  );
}
