import type { FieldCatalogue } from '#shared/event/field.ts';
import { resolveField } from '#shared/lang/kql/fields.ts';
import { anyOf, type Expression } from '#shared/plan/expression.ts';
import type { OsType } from './item.ts';

/**
 * Whether an event is of one of these systems: by the type of its host's system, or by the system's name in any letter case
 * (elastic/kibana `build_exception_filter`: sensors of old did not send the type).
 */
export function ofSystems(systems: readonly OsType[], catalogue: FieldCatalogue): Expression {
  const leaves = ['host.os.type', 'host.os.name.caseless'].flatMap((name): readonly Expression[] => {
    const resolved = resolveField(name, catalogue);
    if (!resolved) return [];
    return [
      {
        kind: 'any',
        field: resolved.field.name,
        type: 'string',
        ...(resolved.caseless && { caseless: true as const }),
        test: { kind: 'one-of', values: systems },
      },
    ];
  });
  return anyOf(leaves);
}
