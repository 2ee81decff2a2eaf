import { useMemo } from 'react';
import { listFields } from '#shared/api/events.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf, type FieldCatalogue } from '#shared/event/field.ts';
import { useEndpoint } from './use-endpoint.ts';

/** The fields of this console's events: those of process events, and what rules have added to them. */
export function useCatalogue(): FieldCatalogue {
  const { data } = useEndpoint(listFields, {});
  return useMemo(() => {
    const added = (data?.fields ?? []).filter(({ name }) => !ECS_PROCESS.find(name));
    if (added.length === 0) return ECS_PROCESS;
    const fields = added.map(({ name, type, many }) => ({ name, type, ...(many && { many }) }));
    return catalogueOf([...ECS_PROCESS.fields, ...fields]);
  }, [data]);
}
