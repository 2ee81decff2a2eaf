import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { Notice } from '#client/ui/states.tsx';
import type { Alert } from '#shared/alert/alert.ts';
import { listExceptions } from '#shared/api/exceptions.ts';
import { alertGuide } from '#shared/api/guide.ts';
import type { ExceptionDraft, ExceptionEntry } from '#shared/exceptions/item.ts';
import { exceptionSentence } from '#shared/exceptions/sentence.ts';
import { ExceptionForm } from './exception-form.tsx';
import classes from './exceptions.module.css';
import { prefillFrom } from './prefill.ts';

/** An exception made from an alert, or from one of its guide's false-positive steps. */
export function ExceptionPanel({
  alert,
  step,
  onDone,
}: {
  readonly alert: Alert;
  readonly step: string | null;
  readonly onDone: () => void;
}) {
  const guide = useEndpoint(alertGuide, { params: { id: alert.id } });
  return (
    <div className={classes['panel']}>
      <Existing alert={alert} />
      <QueryView query={guide}>
        {({ guide: { steps }, exceptionEntries }) => {
          const from = steps.find(({ id }) => id === step);
          return (
            <Maker
              key={step ?? 'alert'}
              title={from ? `New exception, from “${from.title}”` : 'New exception, from this alert'}
              start={prefillFrom(alert, from ?? null, entriesOf(exceptionEntries, step))}
              onDone={onDone}
            />
          );
        }}
      </QueryView>
    </div>
  );
}

const entriesOf = (byStep: Readonly<Record<string, readonly ExceptionEntry[]>>, step: string | null) =>
  step === null ? [] : (byStep[step] ?? []);

function Maker({
  title,
  start,
  onDone,
}: {
  readonly title: string;
  readonly start: Partial<ExceptionDraft>;
  readonly onDone: () => void;
}) {
  const [made, setMade] = useState(false);
  if (made) {
    return (
      <Notice tone="good" title="Exception added">
        It applies from the next evaluation. <Link to="/exceptions">All exceptions</Link>
      </Notice>
    );
  }
  return (
    <section>
      <h3>{title}</h3>
      <ExceptionForm start={start} existing={null} onDone={() => setMade(true)} onCancel={onDone} />
    </section>
  );
}

/** Exceptions that came from this alert. */
function Existing({ alert }: { readonly alert: Alert }) {
  const query = useEndpoint(listExceptions, {});
  const mine = (query.data?.exceptions ?? []).filter(({ origin }) => origin?.alert === alert.id);
  if (mine.length === 0) return null;
  return (
    <section>
      <h3>Made from this alert</h3>
      <ul className={classes['mine']}>
        {mine.map((exception) => (
          <li key={exception.id}>
            <Link to="/exceptions" search={{ edit: exception.id }}>
              {exception.name}
            </Link>{' '}
            <span className="dim">{visibleText(exceptionSentence(exception.entries, exception.stage))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
