import type { SyntaxNodeRef, Tree } from '@lezer/common';
import type { Diagnostic } from '#shared/base/diagnostic.ts';
import { blockCommentAt, charactersOf, commentLengthAt } from './passages.ts';
import type { Finding } from './syntax-findings.ts';
import { SYMPTOMS } from './syntax-symptoms.ts';

/** More than a reader looks at. */
const MOST_ERRORS = 20;

/** One diagnostic for the first error of each command: what follows in it is mostly its echo. */
export function syntaxErrors(text: string, tree: Tree): readonly Diagnostic[] {
  const errors: Diagnostic[] = [];
  let seen = false;
  let unreadable = false;
  tree.iterate({
    enter: (node) => {
      if (unreadable || errors.length >= MOST_ERRORS) return false;
      if (node.name === 'Pipe') seen = false;
      if (!seen && (node.type.isError || isOpenComment(text, node))) {
        seen = true;
        const { finding, diagnostic } = describe(text, node.from);
        errors.push(diagnostic);
        unreadable = finding.unreadable === true;
      }
      return true;
    },
  });
  return errors;
}

/** Only the last comment can lack its end. */
const isOpenComment = (text: string, node: SyntaxNodeRef): boolean =>
  node.name === 'BlockComment' &&
  node.to === text.length &&
  blockCommentAt(charactersOf(text), node.from)?.closed === false;

/** What is wrong at an offset: blanks and comments before the culprit are stepped over. */
function describe(text: string, offset: number): { readonly finding: Finding; readonly diagnostic: Diagnostic } {
  const from = afterBlanks(text, offset);
  const finding = findingAt(text.slice(from), text.slice(0, offset));
  const { message, remedy, length = 0 } = finding;
  const span = { from, to: from + length };
  return { finding, diagnostic: { code: 'syntax', severity: 'error', message, ...(remedy && { remedy }), span } };
}

function findingAt(rest: string, before: string): Finding {
  for (const { at, finding } of SYMPTOMS) {
    const match = at.exec(rest)?.[0];
    if (match !== undefined) return finding(match, before);
  }
  return { message: 'The query cannot be read here.' };
}

function afterBlanks(text: string, offset: number): number {
  const characters = charactersOf(text);
  let at = offset;
  for (;;) {
    const blank = /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    const closed = blockCommentAt(characters, at + blank)?.closed !== false;
    const step = blank + (closed ? commentLengthAt(characters, at + blank) : 0);
    if (step === 0) return at;
    at += step;
  }
}
