/** What the contract's tests say of a process event; everything else is the same for all. */
export interface ProcessRecord {
  readonly id: string;
  readonly at?: string;
  readonly host?: string;
  readonly name?: string | readonly string[];
  readonly action?: string | readonly string[];
  readonly entity?: string;
  readonly parent?: string;
  readonly ancestry?: readonly string[];
  readonly pid?: number;
  readonly parentPid?: number;
}

/** An ECS record as a sensor would send it. */
export const processRecord = ({ id, at = '2026-11-21T12:00:00Z', host = 'h1', ...rest }: ProcessRecord): object => ({
  '@timestamp': at,
  event: { id, action: rest.action ?? 'exec' },
  host: { id: host },
  process: {
    ...(rest.name !== undefined && { name: rest.name }),
    ...(rest.entity !== undefined && { entity_id: rest.entity }),
    ...(rest.pid !== undefined && { pid: rest.pid }),
    ...(rest.ancestry && { Ext: { ancestry: rest.ancestry } }),
    parent: {
      ...(rest.parent !== undefined && { entity_id: rest.parent }),
      ...(rest.parentPid !== undefined && { pid: rest.parentPid }),
    },
  },
});
