import { useEffect, useState } from 'react';
import type { Stretch } from './highlight-query.ts';
import type { QueryLanguage } from './language.ts';

/** A query in pieces of one colour each; one piece without colour until its grammar has arrived, or without a language. */
export function useStretches(language: QueryLanguage | undefined, text: string): readonly Stretch[] {
  const [coloured, setColoured] = useState<{ readonly of: string; readonly stretches: readonly Stretch[] } | null>(
    null,
  );
  useEffect(() => {
    if (language === undefined) return;
    let gone = false;
    const done = import('./highlight-query.ts').then(({ highlightQuery }) => {
      if (!gone) setColoured({ of: text, stretches: highlightQuery(language, text) });
    });
    done.catch(() => setColoured(null));
    return () => {
      gone = true;
    };
  }, [language, text]);
  return language !== undefined && coloured?.of === text ? coloured.stretches : [{ text, classes: '' }];
}

/** The pieces of each line, in order. */
export function linesOf(stretches: readonly Stretch[]): readonly (readonly Stretch[])[] {
  const lines: Stretch[][] = [[]];
  for (const { text, classes } of stretches) {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part.replace(/\r$/, ''), classes });
    }
  }
  return lines;
}
