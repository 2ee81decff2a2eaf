/**
 * A text taken apart at fixed delimiters (elastic/elasticsearch `libs/dissect`): a text that begins with `leading`, then parts,
 * each up to the first of its delimiter; an empty one, only of the last part, takes the rest. Delimiters that follow each
 * other at once stand for empty parts, or with `padded` for nothing.
 */
export interface DissectPattern {
  readonly leading: string;
  readonly parts: readonly DissectPart[];
}

export interface DissectPart {
  readonly delimiter: string;
  readonly padded: boolean;
}

/** How many parts may be empty because delimiters repeat behind this one: up to the next that is padded, or the last. */
export function emptyPartsAfter({ parts }: DissectPattern, index: number): number {
  const padded = parts.findIndex((part, at) => at >= index && part.padded);
  return (padded === -1 ? parts.length - 1 : padded) - index;
}

/** The pattern as printed. */
export const printDissect = ({ leading, parts }: DissectPattern): string =>
  JSON.stringify(
    leading + parts.map(({ delimiter, padded }, at) => `%{${at}${padded ? '->' : ''}}${delimiter}`).join(''),
  );
