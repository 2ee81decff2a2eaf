import { useEffect, useRef, useState } from 'react';
import { readFieldValues } from '#client/api/field-values.ts';
import { useCatalogue } from '#client/api/use-catalogue.ts';
import { useShortcuts } from '#client/stores/shortcuts/use-shortcuts.ts';
import { Button } from '#client/ui/button.tsx';
import { LANGUAGE_NAMES, type QueryLanguage } from '#client/ui/editor/language.ts';
import { QueryEditor, type QueryEditorHandle } from '#client/ui/editor/query-editor.tsx';
import { Segmented } from '#client/ui/fields/segmented.tsx';
import { TimeRange } from '#client/ui/time-range.tsx';
import classes from './events.module.css';
import { type EventsSearch, queryOf } from './events-search.ts';

const PLACEHOLDERS: Readonly<Record<QueryLanguage, string>> = {
  kql: 'process.parent.name: nginx and process.command_line: *curl*',
  esql: 'FROM logs-* | WHERE event.action == "exec" | STATS runs = COUNT(*) BY process.name | SORT runs',
};

/** Language, query and time. A query is asked when it is submitted: half a query would only be wrong. */
export function QueryBar({
  search,
  onChange,
  onAsk,
  searching,
  onCancel,
}: {
  readonly search: EventsSearch;
  readonly onChange: (next: Partial<EventsSearch>) => void;
  readonly onAsk: (query: string) => void;
  readonly searching: boolean;
  readonly onCancel: () => void;
}) {
  const { language, from, to } = search;
  const committed = queryOf(search);
  /** Text not yet asked, and the query it is a change of: another query, from a link or a filter, takes its place. */
  const [typed, setTyped] = useState({ of: committed, text: committed });
  const slow = useSlow(searching);
  const editor = useRef<QueryEditorHandle>(null);
  const catalogue = useCatalogue();
  useShortcuts([{ keys: '/', label: 'To the query', group: 'View', run: () => editor.current?.focus() }]);
  const text = typed.of === committed ? typed.text : committed;
  return (
    <search className={classes['bar']}>
      <Segmented
        label="Query language"
        value={language}
        options={[
          { value: 'kql', label: LANGUAGE_NAMES.kql },
          { value: 'esql', label: LANGUAGE_NAMES.esql },
        ]}
        onChange={(next) => onChange({ language: next, open: undefined })}
      />
      <div className={classes['editor']}>
        <QueryEditor
          catalogue={catalogue}
          key={language}
          language={language}
          label={`${LANGUAGE_NAMES[language]} query`}
          lines={language === 'kql' ? 'one' : 'many'}
          rows={language === 'kql' ? 1 : 3}
          placeholder={PLACEHOLDERS[language]}
          value={text}
          onChange={(next) => setTyped({ of: committed, text: next })}
          onSubmit={onAsk}
          values={readFieldValues}
          handle={editor}
        />
      </div>
      {slow ? (
        <Button onClick={onCancel}>Cancel</Button>
      ) : (
        <Button look="primary" onClick={() => onAsk(text)}>
          Search
        </Button>
      )}
      <TimeRange value={{ from, to }} onChange={(range) => onChange({ from: range.from, to: range.to })} />
    </search>
  );
}

/** A search that answers sooner is not worth a button to end it. */
const SLOW_MS = 700;

function useSlow(searching: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!searching) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [searching]);
  return slow;
}
