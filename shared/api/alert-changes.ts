import * as z from 'zod';
import { statusSchema, tagSchema, verdictSchema } from '../alert/alert.ts';
import { alertFilterSchema } from './alert-filter.ts';
import { endpoint, idParams } from './endpoint.ts';

/** What an analyst may change on alerts, one or many at a time. */
export const alertChangeSchema = z.object({
  status: statusSchema.optional(),
  /** Only together with, or on, status `closed`. */
  verdict: verdictSchema.nullable().optional(),
  assignee: z.string().max(100).nullable().optional(),
  note: z.string().trim().min(1).max(10_000).optional(),
  addTags: z.array(tagSchema).max(50).optional(),
  removeTags: z.array(tagSchema).max(50).optional(),
});
export type AlertChange = z.infer<typeof alertChangeSchema>;

/** Alerts by id, or all that a filter meets except some. */
export const alertSelectionSchema = z.union([
  z.object({ ids: z.array(z.string()).min(1).max(10_000) }),
  z.object({ filter: alertFilterSchema, except: z.array(z.string()).max(10_000) }),
]);

export const changeAlerts = endpoint({
  method: 'POST',
  path: '/api/alerts/changes',
  summary: 'Change status, verdict, assignee or tags, or add a note; can be undone',
  body: z.object({ selection: alertSelectionSchema, change: alertChangeSchema }),
  response: z.object({ changed: z.number().int(), undo: z.string() }),
});

export const undoChange = endpoint({
  method: 'POST',
  path: '/api/undo/:id',
  summary: 'Take a change back, where nothing has changed since; says what could not be taken back',
  params: idParams,
  response: z.object({ restored: z.number().int(), skipped: z.number().int() }),
});
