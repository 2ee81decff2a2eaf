import { unreachable } from '#shared/base/assert.ts';
import { isHidden, type Step } from './plan.ts';

/**
 * Which column holds which source field on the way through a plan, without knowing the catalogue: a name nobody has
 * touched is the field of that name as long as no step has chosen the columns.
 */
export interface Provenance {
  /** Names that steps have given, taken or chosen: the field they hold, or null for something computed or gone. */
  readonly names: ReadonlyMap<string, string | null>;
  /** Whether names outside of `names` still are fields. */
  readonly open: boolean;
}

export const SOURCE: Provenance = { names: new Map(), open: true };

/** The source field that a column holds unchanged; null where it holds something else or does not exist. */
export function fieldBehind(provenance: Provenance, column: string): string | null {
  const field = provenance.names.get(column);
  if (field !== undefined) return field;
  return provenance.open && !isHidden(column) ? column : null;
}

/** A column that holds this field unchanged, or null. */
export function columnHolding(provenance: Provenance, field: string): string | null {
  if (fieldBehind(provenance, field) === field) return field;
  return [...provenance.names].find(([, held]) => held === field)?.[0] ?? null;
}

export function provenanceAfter(provenance: Provenance, step: Step): Provenance {
  switch (step.kind) {
    case 'filter':
    case 'sort':
    case 'limit':
    case 'ticks':
      return provenance;
    case 'expand':
      return withNames(provenance, [[step.column, null]]);
    case 'keep':
      return {
        names: new Map(step.columns.map((name) => [name, fieldBehind(provenance, name)])),
        open: false,
      };
    case 'drop':
      return withNames(
        provenance,
        step.columns.map((name) => [name, null]),
      );
    case 'inline-aggregate':
      return withNames(
        provenance,
        step.aggregates.map(({ name }) => [name, null]),
      );
    case 'derive':
      return step.columns.reduce(
        (before, { name, value }) =>
          withNames(before, [[name, value.kind === 'column' ? fieldBehind(before, value.name) : null]]),
        provenance,
      );
    case 'rename':
      return step.columns.reduce(
        (before, { from, to }) =>
          withNames(before, [
            [from, null],
            [to, fieldBehind(before, from)],
          ]),
        provenance,
      );
    case 'aggregate':
    case 'new-terms':
      return { names: new Map(), open: false };
    default:
      return unreachable(step);
  }
}

const withNames = (provenance: Provenance, names: readonly (readonly [string, string | null])[]): Provenance => ({
  ...provenance,
  names: new Map([...provenance.names, ...names]),
});
