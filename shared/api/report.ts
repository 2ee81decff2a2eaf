import * as z from 'zod';
import { alertFilterSchema } from './alert-filter.ts';
import { listParam } from './endpoint.ts';

/** Alerts of one report; more than that no one reads, and the queue's export lists them. */
export const MOST_REPORTED = 50;

export const REPORT_FORMATS = ['markdown', 'html', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** `GET`: a report as a file. Not JSON, so no endpoint: see `reportQuerySchema`. */
export const REPORT_PATH = '/api/report';

/** Alerts by id, or where there is none all that the filter meets, newest first, except some. */
export const reportQuerySchema = alertFilterSchema.extend({
  format: z.enum(REPORT_FORMATS),
  id: listParam(z.string().max(200)).optional(),
  except: listParam(z.string().max(200)).optional(),
  /** How many alerts were chosen, where `id` names the first ones only. */
  asked: z.coerce.number().int().min(1).optional(),
  /** To look at in the browser instead of keeping it. */
  view: z.enum(['inline', 'attachment']).default('attachment'),
});
export type ReportQuery = z.output<typeof reportQuerySchema>;
