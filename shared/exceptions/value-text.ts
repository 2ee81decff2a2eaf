import type { ListType } from './item.ts';

/** Values of a text file, one a line, as Kibana imports a list of values: blanks around addresses do not count, empty lines neither. */
export function readValueText(text: string, type: ListType): readonly string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const values = type === 'keyword' ? lines : lines.map((line) => line.trim());
  return [...new Set(values.filter((line) => line !== ''))];
}

/** The same text from its values. */
export const writeValueText = (values: readonly string[]): string => values.map((value) => `${value}\n`).join('');
