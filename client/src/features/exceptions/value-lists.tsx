import { useState } from 'react';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { downloadText } from '#client/format/download.ts';
import { plural } from '#client/format/number.ts';
import { Button } from '#client/ui/button.tsx';
import { SelectField, TextArea, TextField } from '#client/ui/fields.tsx';
import { Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Failure } from '#client/ui/states.tsx';
import { showProblem } from '#client/ui/toast.tsx';
import { deleteValueList, listValueLists, saveValueList } from '#shared/api/exceptions.ts';
import type { ValueList } from '#shared/exceptions/item.ts';
import { writeValueText } from '#shared/exceptions/value-text.ts';
import classes from './exceptions.module.css';

const TYPES = [
  { value: 'keyword', label: 'texts' },
  { value: 'ip', label: 'addresses' },
  { value: 'ip_range', label: 'networks and stretches of addresses' },
] as const;

/** Lists of values that conditions name, as texts of one value a line. */
export function ValueLists() {
  const query = useEndpoint(listValueLists, {});
  const [edited, setEdited] = useState<ValueList | 'new' | null>(null);
  const remove = useChange(deleteValueList, ['exceptions']);
  return (
    <Panel title="Lists of values" actions={<Button onClick={() => setEdited('new')}>New list of values</Button>}>
      {edited ? (
        <ValueListForm
          key={edited === 'new' ? 'new' : edited.id}
          list={edited === 'new' ? null : edited}
          onDone={() => setEdited(null)}
        />
      ) : null}
      <QueryView query={query}>
        {({ lists }) =>
          lists.length === 0 ? (
            <p className="dim">Conditions can ask whether a value is in such a list.</p>
          ) : (
            <ul className={classes['list']}>
              {lists.map((list) => (
                <li key={list.id} className={classes['review']}>
                  <span>
                    <b>{list.name}</b> <span className="dim">{plural(list.values.length, 'value')}</span>
                  </span>
                  <Button onClick={() => downloadText(`${list.id}.txt`, 'text/plain', writeValueText(list.values))}>
                    Download
                  </Button>
                  <Button onClick={() => setEdited(list)}>Edit</Button>
                  <Button
                    look="danger"
                    onClick={() => remove.mutate({ params: { id: list.id } }, { onError: showProblem })}
                  >
                    Delete
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  );
}

function ValueListForm({ list, onDone }: { readonly list: ValueList | null; readonly onDone: () => void }) {
  const [name, setName] = useState(list?.name ?? '');
  const [type, setType] = useState<ValueList['type']>(list?.type ?? 'keyword');
  const [text, setText] = useState(list ? writeValueText(list.values) : '');
  const save = useChange(saveValueList, ['exceptions']);
  return (
    <form
      className={classes['form']}
      aria-label={list ? `Change the values of ${list.name}` : 'New list of values'}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: { id: list?.id ?? name.trim(), name, type, text } }, { onSuccess: onDone });
      }}
    >
      <div className={classes['pair']}>
        <TextField label="Name of the list of values" required value={name} onChange={setName} />
        <SelectField
          label="Values are"
          value={type}
          options={TYPES}
          disabled={list !== null}
          onChange={(next) => next && setType(next)}
        />
      </div>
      <TextArea mono label="Values, one a line" rows={6} value={text} onChange={setText} />
      {save.error ? <Failure error={save.error} /> : null}
      <div className={classes['buttons']}>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit" disabled={name.trim() === ''} busy={save.isPending}>
          Save the values
        </Button>
      </div>
    </form>
  );
}
