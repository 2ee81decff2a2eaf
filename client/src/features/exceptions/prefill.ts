import { visibleText } from '#client/format/hostile.ts';
import type { Alert } from '#shared/alert/alert.ts';
import type { ExceptionDraft, ExceptionEntry } from '#shared/exceptions/item.ts';

const MAX_VALUE = 8192;

/**
 * The narrowest conditions that hold for an alert: its own keys. Never arrays: "is one of" the arguments of `sh -c id`
 * would silence every such shell.
 */
export function entriesFromAlert(alert: Alert): readonly ExceptionEntry[] {
  return Object.entries(alert.keys).flatMap(([field, cell]): readonly ExceptionEntry[] => {
    if (Array.isArray(cell)) return [];
    if (cell === null) return [{ type: 'exists', field, operator: 'excluded' }];
    const value = String(cell);
    return value === '' || value.length > MAX_VALUE ? [] : [{ type: 'match', field, operator: 'included', value }];
  });
}

/** A new exception as far as alert and guide step know it. */
export function prefillFrom(
  alert: Alert,
  step: { readonly id: string; readonly title: string } | null,
  stepEntries: readonly ExceptionEntry[],
): Partial<ExceptionDraft> {
  const process = visibleText(alert.processName ?? alert.executable ?? 'command');
  const parent = alert.parentName === null ? '' : ` under ${visibleText(alert.parentName)}`;
  return {
    rule: alert.rule,
    name: (step ? `${step.title}: ${process}${parent}` : `${process}${parent}`).slice(0, 200),
    entries: [...(stepEntries.length > 0 ? stepEntries : entriesFromAlert(alert))],
    origin: { alert: alert.id, step: step?.id ?? null },
  };
}
