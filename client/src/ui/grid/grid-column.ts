import type { ReactNode } from 'react';

/** A column of a grid: how wide, what it shows, whether the server sorts by it. */
export interface GridColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** A CSS grid track: `110px`, `minmax(240px, 3fr)`. */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  readonly sortable?: boolean;
  readonly align?: 'left' | 'right';
}

export interface GridSort {
  readonly id: string;
  readonly direction: 'ascending' | 'descending';
}

export interface GridSelection<Row> {
  readonly isSelected: (row: Row) => boolean;
  /** `range`: from the last one toggled to this one. */
  readonly toggle: (row: Row, index: number, range: boolean) => void;
  readonly all: 'none' | 'some' | 'all';
  readonly toggleAll: () => void;
  /** What a row is called when its checkbox is read. */
  readonly nameOf: (row: Row) => string;
}

/** Rows that stand for others and can be unfolded. */
export interface GridGroups<Row> {
  /** What a row of its own kind shows over the whole width; null for a plain row. */
  readonly whole: (row: Row) => ReactNode | null;
  /** 1 for the outermost. */
  readonly levelOf: (row: Row) => number;
  /** Whether it is unfolded; null where there is nothing to unfold. */
  readonly isUnfolded: (row: Row) => boolean | null;
  readonly fold: (index: number, unfolded: boolean) => void;
}

/** Something to do with the value of a cell. */
export interface CellAction {
  readonly label: string;
  readonly run: () => void;
}
export type CellActions<Row> = (row: Row, column: string) => readonly CellAction[];
