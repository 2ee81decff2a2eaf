import * as z from 'zod';

/** One image a process ran: exec replaces it. */
export const processImageSchema = z.object({
  at: z.string(),
  executable: z.string().nullable(),
  name: z.string().nullable(),
  commandLine: z.string().nullable(),
  event: z.string(),
});

/**
 * One life of one process: from fork or first exec to end. Fork, exec and end events of the life are merged into it.
 */
export const processNodeSchema = z.object({
  /** Stable within a store: from the entity id, else host, pid and start. */
  id: z.string(),
  parent: z.string().nullable(),
  host: z.string().nullable(),
  pid: z.number().nullable(),
  entityId: z.string().nullable(),
  name: z.string().nullable(),
  executable: z.string().nullable(),
  commandLine: z.string().nullable(),
  commandShape: z.string().nullable(),
  workingDirectory: z.string().nullable(),
  user: z.string().nullable(),
  start: z.string().nullable(),
  end: z.string().nullable(),
  exitCode: z.number().nullable(),
  /** Earlier images first; the last one is what the node shows. */
  images: z.array(processImageSchema),
  events: z.array(z.string()),
  /** Known only from a child's record: the parent's own events are not in the data. */
  placeholder: z.boolean(),
  /** Forked and never ran an own image. */
  forkOnly: z.boolean(),
  /** Alerts whose contributing events are among `events`. */
  alerts: z.array(z.object({ id: z.string(), ruleName: z.string(), severity: z.string() })),
  /** Among the events of the alert in question. */
  subject: z.boolean(),
  /** Hosts on which this parent name started this child name, and hosts in all; null for roots. */
  prevalence: z.object({ hosts: z.number().int(), ofHosts: z.number().int() }).nullable(),
  /** Children that exist in the data but are not in this tree because of its budget. */
  hiddenChildren: z.number().int(),
});
export type ProcessNode = z.infer<typeof processNodeSchema>;

/** A lineage: nodes in depth-first order, children by start time. */
export const processTreeSchema = z.object({
  nodes: z.array(processNodeSchema),
  roots: z.array(z.string()),
  /** The budget cut something off. */
  truncated: z.boolean(),
});
export type ProcessTree = z.infer<typeof processTreeSchema>;
