import { useState } from 'react';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { formatBytes } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { confirm } from '#client/ui/confirm.tsx';
import { CheckField } from '#client/ui/fields/check-field.tsx';
import { NumberField } from '#client/ui/fields/number-field.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { showProblem } from '#client/ui/toast.tsx';
import { getRetention, type Retention, setRetention } from '#shared/api/retention.ts';
import classes from './sources.module.css';

const GB = 1_000_000_000;
const MOST_DAYS = 3650;
const MOST_GB = 100_000;

/** How long events stay, and what that does. */
export function RetentionForm() {
  const retention = useEndpoint(getRetention, {});
  return (
    <QueryView query={retention} rows={2}>
      {({ days, bytes, present }) => (
        <Form key={`${days} ${bytes}`} now={{ days, bytes }} present={present} onSet={() => void retention.refetch()} />
      )}
    </QueryView>
  );
}

function Form({
  now,
  present,
  onSet,
}: {
  readonly now: Retention;
  readonly present: number;
  readonly onSet: () => void;
}) {
  const change = useChange(setRetention, ['events']);
  const [byAge, setByAge] = useState(now.days !== null);
  const [days, setDays] = useState(now.days ?? 30);
  const [bySize, setBySize] = useState(now.bytes !== null);
  const [size, setSize] = useState(now.bytes === null ? 50 : Math.max(1, Math.round(now.bytes / GB)));
  const next: Retention = { days: byAge ? days : null, bytes: bySize ? size * GB : null };
  const save = () => change.mutate({ body: next }, { onError: showProblem, onSuccess: onSet });
  const ask = () =>
    confirm({
      title: 'Let older events go?',
      text: `${inWords(next)} What is beyond goes within minutes and cannot be brought back. Events that alerts stand on stay.`,
      action: 'Set',
      onConfirm: save,
    });
  const isChanged = next.days !== now.days || next.bytes !== now.bytes;
  return (
    <div className={classes['stack']}>
      <CheckField label="Let events go by age" checked={byAge} onChange={setByAge} />
      {byAge ? (
        <NumberField label="Days they are kept" value={days} min={1} max={MOST_DAYS} onChange={setDays} />
      ) : null}
      <CheckField label="Let the oldest go when the store grows" checked={bySize} onChange={setBySize} />
      {bySize ? (
        <NumberField label="Gigabytes it may take" value={size} min={1} max={MOST_GB} onChange={setSize} />
      ) : null}
      <p className="dim">
        {inWords(next)} {present > 0 ? `The store takes ${formatBytes(present)} at present. ` : ''}Events that alerts
        stand on stay as long as their alerts do. Rules for new terms look back seven days: with less, more seems new to
        them.
      </p>
      <div>
        <Button
          look="primary"
          busy={change.isPending}
          disabled={!isChanged}
          onClick={next.days === null && next.bytes === null ? save : ask}
        >
          Set
        </Button>
      </div>
    </div>
  );
}

function inWords({ days, bytes }: Retention): string {
  const age = days === null ? 'Events are kept whatever their age' : `Events are kept for ${days} days`;
  const size = bytes === null ? 'as long as there is room on the disk' : `at most ${formatBytes(bytes)} of them`;
  return `${age}, ${size}.`;
}
