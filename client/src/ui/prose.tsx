import classes from './prose.module.css';

/** Plain text of a rule: paragraphs are kept, the line breaks within them are the file's and not the reader's. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <div className={classes['prose']}>
      {text
        .trim()
        .split(/\n\s*\n/)
        .map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
    </div>
  );
}
