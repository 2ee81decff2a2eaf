/** A row of the list by its number; undefined while its block is being read. */
export interface Slot<Row> {
  readonly index: number;
  readonly row: Row | undefined;
}
