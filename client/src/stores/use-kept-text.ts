import { useState } from 'react';
import { forgetDraft, keepDraft, readDraft } from './drafts.ts';

/** Text being written that outlives its dialog, until `forgetDraft(key)` says that the server has it. */
export function useKeptText(key: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => {
    const left = readDraft(key);
    return typeof left === 'string' ? left : '';
  });
  const change = (next: string): void => {
    setText(next);
    if (next === '') forgetDraft(key);
    else keepDraft(key, next);
  };
  return [text, change];
}
