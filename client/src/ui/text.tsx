import { textParts, visibleText } from '#client/format/hostile.ts';
import { usePreferences } from '#client/stores/preferences.ts';
import { defang } from '#shared/base/defang.ts';
import classes from './text.module.css';

/** Text from an event. What would be invisible or reorder its surroundings is spelled out; addresses may be defanged. */
export function Hostile({ text, mark }: { readonly text: string; readonly mark?: string }) {
  const defanged = usePreferences((store) => store.defang);
  const shown = defanged ? defang(text) : text;
  return (
    <bdi>
      {textParts(shown).map((part, index) =>
        part.kind === 'escape' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity
          <span key={index} className={classes['escape']} title="Character that would not show">
            {part.text}
          </span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other identity
          <Marked key={index} text={part.text} mark={mark ?? ''} />
        ),
      )}
    </bdi>
  );
}

function Marked({ text, mark }: { readonly text: string; readonly mark: string }) {
  const at = mark === '' ? -1 : text.toLowerCase().indexOf(mark.toLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className={classes['mark']}>{text.slice(at, at + mark.length)}</mark>
      <Marked text={text.slice(at + mark.length)} mark={mark} />
    </>
  );
}

/** A value in fixed width on one line, or a dash that says what is missing. */
export function Mono({ text, absent = 'none' }: { readonly text: string | null; readonly absent?: string }) {
  if (text === null) return <Absent words={absent} />;
  return (
    <span className={classes['mono']} title={visibleText(text)}>
      <Hostile text={text} />
    </span>
  );
}

/** A value that is not there: never an empty cell, which could be an empty text. */
export function Absent({ words = 'none' }: { readonly words?: string }) {
  return (
    <span className={classes['absent']} title={words}>
      –<span className="visually-hidden">{words}</span>
    </span>
  );
}
