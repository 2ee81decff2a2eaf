import { useState } from 'react';
import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { downloadText } from '#client/format/download.ts';
import { Button } from '#client/ui/button.tsx';
import { ButtonRow } from '#client/ui/button-row.tsx';
import { SelectField } from '#client/ui/fields/select-field.tsx';
import { TextArea } from '#client/ui/fields/text-area.tsx';
import { TextField } from '#client/ui/fields/text-field.tsx';
import { Failure } from '#client/ui/states.tsx';
import { showProblem, showUndo } from '#client/ui/toast.tsx';
import { deleteValueList, listValueLists, saveValueList } from '#shared/api/exceptions.ts';
import { plural } from '#shared/base/counts.ts';
import type { ValueList } from '#shared/exceptions/item.ts';
import { writeValueText } from '#shared/exceptions/value-text.ts';
import classes from './exceptions.module.css';
import { ListPanel } from './list-panel.tsx';

const TYPES = [
  { value: 'keyword', label: 'texts' },
  { value: 'ip', label: 'addresses' },
  { value: 'ip_range', label: 'networks and stretches of addresses' },
] as const;

/** Lists of values that conditions name, as texts of one value a line. */
export function ValueLists() {
  const query = useEndpoint(listValueLists, {});
  const remove = useChange(deleteValueList, ['exceptions']);
  const save = useChange(saveValueList, ['exceptions']);
  const drop = (list: ValueList): void =>
    void remove
      .mutateAsync({ params: { id: list.id } })
      .then(() => showUndo(`“${list.name}” deleted`, () => save.mutateAsync({ body: draftOf(list) })), showProblem);
  return (
    <ListPanel<ValueList>
      title="Lists of values"
      make="New list of values"
      empty="Conditions can ask whether a value is in such a list."
      query={query}
      about={({ values, type }) => `${plural(values.length, 'value')}, ${wordsOf(type)}`}
      actions={(list) => (
        <Button onClick={() => downloadText(`${list.id}.txt`, 'text/plain', writeValueText(list.values))}>
          Download
        </Button>
      )}
      form={(list, onDone) => <ValueListForm key={list?.id ?? 'new'} list={list} onDone={onDone} />}
      onDelete={drop}
    />
  );
}

const wordsOf = (type: ValueList['type']): string => TYPES.find(({ value }) => value === type)?.label ?? type;

const draftOf = ({ id, name, type, values }: ValueList) => ({ id, name, type, text: writeValueText(values) });

function ValueListForm({ list, onDone }: { readonly list: ValueList | null; readonly onDone: () => void }) {
  const [name, setName] = useState(list?.name ?? '');
  const [type, setType] = useState<ValueList['type']>(list?.type ?? 'keyword');
  const [text, setText] = useState(list ? writeValueText(list.values) : '');
  const save = useChange(saveValueList, ['exceptions']);
  const remove = useChange(deleteValueList, ['exceptions']);
  return (
    <form
      className={classes['form']}
      aria-label={list ? `Change the values of ${list.name}` : 'New list of values'}
      onSubmit={(event) => {
        event.preventDefault();
        const before = list;
        save.mutate(
          { body: { id: list?.id ?? name.trim(), name, type, text } },
          {
            onSuccess: ({ id }) => {
              showUndo(`“${name}” saved`, () =>
                before ? save.mutateAsync({ body: draftOf(before) }) : remove.mutateAsync({ params: { id } }),
              );
              onDone();
            },
          },
        );
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
      <ButtonRow>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit" disabled={name.trim() === ''} busy={save.isPending}>
          Save the values
        </Button>
      </ButtonRow>
    </form>
  );
}
