import type { FlatDocument } from '#shared/event/document.ts';
import { readNested } from '#shared/event/nested.ts';
import { EVENT_COLUMN } from '#shared/plan/plan.ts';
import { cellOf, plainValue, type Scalar, type Value } from '#shared/plan/value.ts';

/** A row on its way through a plan. A column that is not in it holds null. */
export type Cells = ReadonlyMap<string, Value>;

/** An event as the oracle reads it: the store's number of it, and its flat document. */
export interface SourceEvent {
  readonly number: number;
  readonly document: FlatDocument;
}

export const cellsOfDocument = (document: FlatDocument): Cells =>
  new Map([...document].map(([field, values]) => [field, cellOf(values)]));

export const cellsOfEvent = ({ number, document }: SourceEvent): Cells =>
  new Map([...cellsOfDocument(document), [EVENT_COLUMN, number]]);

/** An object of a field of type nested, as its text in the flat document has it. */
export const cellsOfObject = (text: Scalar): Cells =>
  new Map(readNested(String(text)).map(([field, values]) => [field, cellOf(values)]));

export const cell = (cells: Cells, column: string): Value => cells.get(column) ?? null;

/** A text that two lists of cells share exactly where they hold the same values in the same order. */
export const keyOf = (values: readonly Value[]): string => JSON.stringify(values.map(plainValue));

/** One combination for each choice of one item from every list; a single empty one for no lists. */
export const combinations = <Item>(lists: readonly (readonly Item[])[]): readonly (readonly Item[])[] =>
  lists.reduce<readonly (readonly Item[])[]>(
    (chosen, list) => chosen.flatMap((items) => list.map((item) => [...items, item])),
    [[]],
  );
