import type { EventNumber } from '#server/store/event-store.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Session } from '../connection.ts';

export async function lineageOf(
  session: Session,
  catalogue: FieldCatalogue,
  numbers: readonly EventNumber[],
  budget: number,
): Promise<{ readonly numbers: readonly EventNumber[]; readonly truncated: boolean }> {
  return { numbers: [], truncated: false };
}
