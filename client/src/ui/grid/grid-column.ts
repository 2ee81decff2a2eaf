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
