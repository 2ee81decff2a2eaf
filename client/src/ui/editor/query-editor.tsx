import { type Ref, useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { EditorSettings } from './editor-settings.ts';
import type { Fields, QueryLanguage, ValueLookup } from './language.ts';
import type { Editor } from './mount-editor.ts';
import { ProblemLine } from './problem-line.tsx';
import { ProblemList } from './problem-list.tsx';
import classes from './query-editor.module.css';

/** Each is read when an editor of the language is shown. */
const GRAMMARS = {
  kql: () => import('./kql-grammar.ts').then(({ kqlGrammar }) => kqlGrammar),
  esql: () => import('./esql-grammar.ts').then(({ esqlGrammar }) => esqlGrammar),
} as const;

export interface QueryEditorHandle {
  readonly focus: () => void;
}

export interface QueryEditorProps {
  readonly language: QueryLanguage;
  /** Its name, read by screen readers. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Enter in a query of one line (Shift+Enter breaks it), Ctrl or Command with Enter in any. */
  readonly onSubmit?: (text: string) => void;
  /** `one`: grows with its text; `many`: at least `rows` lines, Enter breaks the line. */
  readonly lines?: 'one' | 'many';
  readonly rows?: number;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  readonly catalogue?: FieldCatalogue;
  /** `stored`: others are mistakes; `any`: what the events lack is read for the query when it is saved. */
  readonly fields?: Fields;
  /** Values seen in the data, for completion. */
  readonly values?: ValueLookup;
  /** Where mistakes are written: in a line of constant height, as a list, or only underlined. */
  readonly problems?: 'line' | 'list' | 'none';
  /** Told after each check of the text, also when there is nothing wrong. */
  readonly onProblems?: (problems: readonly Diagnostic[]) => void;
  readonly handle?: Ref<QueryEditorHandle>;
}

/**
 * Where a query is typed: coloured, checked and completed by the parser that runs it. Until that has arrived a plain text
 * area of the same size takes the typing; nothing moves and nothing is lost when it is replaced.
 */
export function QueryEditor(props: QueryEditorProps) {
  const { language, label, value, onChange, onSubmit, lines = 'many', rows = lines === 'one' ? 1 : 4 } = props;
  const { placeholder = '', readOnly = false, catalogue = ECS_PROCESS, fields = 'stored' } = props;
  const { problems: shown = 'line' } = props;
  const host = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<Editor>(null);
  const [ready, setReady] = useState(false);
  const [problems, setProblems] = useState<readonly Diagnostic[]>([]);
  const problemsId = useId();
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    let gone = false;
    const loaded = Promise.all([import('./mount-editor.ts'), GRAMMARS[language]()]);
    const mounted = loaded.then(([{ mountEditor }, grammar]) => {
      const plain = area.current;
      if (gone || !host.current) return;
      const start: EditorSettings = {
        parent: host.current,
        label,
        language,
        grammar,
        catalogue,
        fields,
        lines,
        placeholder,
        readOnly,
        describedBy: problemsId,
        text: plain?.value ?? latest.current.value,
        selection: plain ? { anchor: plain.selectionStart, head: plain.selectionEnd } : { anchor: 0, head: 0 },
        focused: plain !== null && document.activeElement === plain,
        onChange: (text) => latest.current.onChange(text),
        onSubmit: (text) => latest.current.onSubmit?.(text),
        onProblems: (found) => {
          setProblems(found);
          latest.current.onProblems?.(found);
        },
        values: (wanted, signal) => latest.current.values?.(wanted, signal) ?? Promise.resolve([]),
      };
      editor.current = mountEditor(start);
      flushSync(() => setReady(true));
    });
    mounted.catch(() => setReady(false));
    return () => {
      gone = true;
      editor.current?.destroy();
      editor.current = null;
      setReady(false);
    };
  }, [language, label, catalogue, fields, lines, placeholder, readOnly, problemsId]);

  useEffect(() => editor.current?.setText(value), [value]);
  useImperativeHandle(props.handle, () => ({
    focus: () => (editor.current ? editor.current.focus() : area.current?.focus()),
  }));

  return (
    <div className={classes['field']}>
      <div
        ref={host}
        className={classes['host']}
        data-lines={lines}
        style={{ '--rows': rows } as React.CSSProperties}
        data-read-only={readOnly}
      >
        {ready ? null : (
          <textarea
            ref={area}
            className={classes['plain']}
            aria-label={label}
            value={value}
            rows={Math.max(rows, value.split('\n').length)}
            placeholder={placeholder}
            readOnly={readOnly}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            onChange={(event) => onChange(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur();
              const submits = event.ctrlKey || event.metaKey || (lines === 'one' && !event.shiftKey);
              if (event.key !== 'Enter' || !submits || event.nativeEvent.isComposing) return;
              event.preventDefault();
              onSubmit?.(event.currentTarget.value);
            }}
          />
        )}
      </div>
      {shown === 'line' ? (
        <ProblemLine
          id={problemsId}
          text={value}
          problems={problems}
          lines={lines}
          language={language}
          onShow={(problem) => editor.current?.show(problem)}
        />
      ) : null}
      {shown === 'list' ? <ProblemList id={problemsId} text={value} problems={problems} /> : null}
    </div>
  );
}
