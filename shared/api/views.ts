import * as z from 'zod';
import { acknowledgedSchema, endpoint, idParams } from './endpoint.ts';

const viewName = z.string().trim().min(1).max(100);
/** The part of the queue's URL behind the question mark. */
const viewState = z.string().max(20_000);

const viewDraft = z.object({
  name: viewName,
  /** For everybody, or only for who made it. */
  shared: z.boolean(),
  state: viewState,
});
export type ViewDraft = z.infer<typeof viewDraft>;

/** A way to look at the queue, under a name. */
export const savedViewSchema = viewDraft.extend({
  id: z.string(),
  version: z.number().int(),
  createdBy: z.string(),
  updatedAt: z.string(),
  updatedBy: z.string(),
  /** Chosen by who asks: stands beside the queue, opens with it. */
  pinned: z.boolean(),
  isDefault: z.boolean(),
});
export type SavedView = z.infer<typeof savedViewSchema>;

export const listViews = endpoint({
  method: 'GET',
  path: '/api/views',
  summary: 'Saved views of the queue by name: the shared ones and one’s own',
  response: z.object({ views: z.array(savedViewSchema) }),
});

export const saveView = endpoint({
  method: 'POST',
  path: '/api/views',
  summary: 'Keep a view of the queue under a name',
  body: viewDraft,
  response: savedViewSchema,
});

export const changeView = endpoint({
  method: 'PATCH',
  path: '/api/views/:id',
  summary: 'Rename, share or change a view; a change names the version it was made on',
  params: idParams,
  body: viewDraft.partial().extend({ version: z.number().int() }),
  response: savedViewSchema,
});

export const chooseView = endpoint({
  method: 'PUT',
  path: '/api/views/:id/choice',
  summary: 'Pin a view or make it the one that the queue opens with, for oneself',
  params: idParams,
  /** What is absent stays. */
  body: z.object({ pinned: z.boolean(), isDefault: z.boolean() }).partial(),
  response: savedViewSchema,
});

export const deleteView = endpoint({
  method: 'DELETE',
  path: '/api/views/:id',
  summary: 'Remove a view',
  params: idParams,
  response: acknowledgedSchema,
});
