import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type * as z from 'zod';
import { prettyJson } from '#client/format/pretty-json.ts';
import type { getEvent } from '#shared/api/events.ts';
import { CodeBlock } from './code-block.tsx';
import classes from './event-document.module.css';
import { Segmented } from './fields/segmented.tsx';
import { QueryView } from './query-view.tsx';
import { Hostile } from './text.tsx';

/** One event: its fields as the rules see them, or the record as it came. All of it as text, never as markup. */
export function EventDocument({
  id,
  query,
}: {
  readonly id: string;
  readonly query: UseQueryResult<z.output<typeof getEvent.response>>;
}) {
  const [shown, setShown] = useState<'fields' | 'record'>('fields');
  return (
    <section className={classes['document']} aria-label="Event">
      <header className={classes['header']}>
        <h3>
          Event <code>{id}</code>
        </h3>
        <Segmented
          label="Show the event as"
          value={shown}
          options={[
            { value: 'fields', label: 'Fields' },
            { value: 'record', label: 'Record' },
          ]}
          onChange={setShown}
        />
      </header>
      <QueryView query={query}>
        {({ document, fields }) =>
          shown === 'record' ? (
            <CodeBlock label="Record as it came" text={prettyJson(document)} tall />
          ) : (
            <dl className={classes['fields']}>
              {Object.entries(fields).map(([name, values]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    {values.map((value, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: values stand in their field's order
                      <span key={index} className={classes['value']}>
                        <Hostile text={value} />
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          )
        }
      </QueryView>
    </section>
  );
}
