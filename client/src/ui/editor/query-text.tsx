import { Fragment } from 'react';
import { visibleText } from '#client/format/hostile.ts';
import type { Stretch } from './highlight-query.ts';
import type { QueryLanguage } from './language.ts';
import { useStretches } from './use-stretches.ts';

/** A query to be read, in its colours; uncoloured until its grammar has arrived. For inside of `pre` or `code`. */
export function QueryText({ language, text }: { readonly language: QueryLanguage; readonly text: string }) {
  return <Stretches of={useStretches(language, text)} />;
}

/** Line breaks stay; whatever else would not show is spelled out. */
const visible = (text: string): string => text.split('\n').map(visibleText).join('\n');

export function Stretches({ of: stretches }: { readonly of: readonly Stretch[] }) {
  return stretches.map(({ text, classes }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one text have no other identity
    <Fragment key={index}>{classes ? <span className={classes}>{visible(text)}</span> : visible(text)}</Fragment>
  ));
}
