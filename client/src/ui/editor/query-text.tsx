import { Fragment, useEffect, useState } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import type { Stretch } from './highlight-query.ts';
import type { QueryLanguage } from './language.ts';

/** A query to be read, in its colours; uncoloured until its grammar has arrived. For inside of `pre` or `code`. */
export function QueryText({ language, text }: { readonly language: QueryLanguage; readonly text: string }) {
  const [coloured, setColoured] = useState<{ readonly of: string; readonly stretches: readonly Stretch[] } | null>(
    null,
  );
  useEffect(() => {
    let gone = false;
    const done = import('./highlight-query.ts').then(({ highlightQuery }) => {
      if (!gone) setColoured({ of: text, stretches: highlightQuery(language, text) });
    });
    done.catch(() => setColoured(null));
    return () => {
      gone = true;
    };
  }, [language, text]);
  const stretches = coloured?.of === text ? coloured.stretches : [{ text, classes: '' }];
  return stretches.map(({ text: part, classes }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one text have no other identity
    <Fragment key={index}>{classes ? <span className={classes}>{visible(part)}</span> : visible(part)}</Fragment>
  ));
}

/** Line breaks stay; whatever else would not show is spelled out. */
const visible = (text: string): string => text.split('\n').map(visibleText).join('\n');
