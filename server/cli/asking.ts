import type { Instant } from '#shared/base/time.ts';
import type { InputFile } from './input.ts';
import type { ECS_FIELDS, InferredFields, mappedFields } from './query-fields.ts';
import type { Terminal } from './terminal.ts';
import type { Engine } from './workspace.ts';

export type Language = 'kql' | 'esql';

/** A query with where it came from. */
export interface AskedQuery {
  readonly language: Language;
  readonly text: string;
  /** How messages call it. */
  readonly name: string;
}

/** What answering a query needs. */
export interface Asking {
  readonly terminal: Terminal;
  readonly folder: string;
  readonly files: readonly InputFile[];
  readonly query: AskedQuery;
  readonly now: Instant;
  readonly engine: Engine;
  readonly format: 'ndjson' | 'ids';
  readonly fields: FieldChoice;
}

/** Where the fields' types come from. */
export type FieldChoice =
  | { readonly kind: 'mapping'; readonly mapping: Awaited<ReturnType<typeof mappedFields>> }
  /** ECS for what it knows, else the files; these are read for it only where needed. */
  | { readonly kind: 'inferred'; readonly ecs: typeof ECS_FIELDS; readonly infer: () => Promise<InferredFields> };
