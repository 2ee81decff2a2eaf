import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/states.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import { staleAnswers } from '#shared/api/guide.ts';
import { plural } from '#shared/base/counts.ts';
import { changeWords } from '#shared/guide/change-words.ts';
import classes from './alert-detail.module.css';

/** Findings that the data contradicts by now, with what changed, for whoever has not opened the guide. */
export function StaleNotice({ alert, onOpen }: { readonly alert: Alert; readonly onOpen: () => void }) {
  const query = useEndpoint(staleAnswers, { params: { id: alert.id } }, { enabled: alert.stepsStale > 0 });
  if (alert.stepsStale === 0) return null;
  return (
    <Notice
      tone="medium"
      title={`Later data contradicts ${plural(alert.stepsStale, 'finding')}`}
      action={<Button onClick={onOpen}>Open the guide</Button>}
    >
      <ul className={classes['stale']}>
        {query.data?.answers.map(({ step, title, changes }) => (
          <li key={step}>
            <b>{title}</b>: {visibleText(changes.map(changeWords).join('; '))}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
