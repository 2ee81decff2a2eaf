import { defang } from './defang.ts';
import { visibleLines, visibleText } from './hostile.ts';

/** One line for display: nothing invisible, nothing that a reader's program would make a link of. */
export const shownLine = (text: string): string => visibleText(defang(text));

/** The same with its line breaks. */
export const shownLines = (text: string): readonly string[] => visibleLines(defang(text));
