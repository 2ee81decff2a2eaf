import * as z from 'zod';
import { acknowledgedSchema, endpoint, idParams } from './endpoint.ts';

/** A key that may send events and nothing else. Its secret is known to whoever holds it, and to nobody here. */
export const ingestKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  createdBy: z.string(),
  /** To the minute; null before its first use. */
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type IngestKey = z.infer<typeof ingestKeySchema>;

export const listIngestKeys = endpoint({
  method: 'GET',
  path: '/api/ingest-keys',
  summary: 'Keys for sending events, newest first, revoked ones among them',
  response: z.object({ keys: z.array(ingestKeySchema) }),
});

export const createIngestKey = endpoint({
  method: 'POST',
  path: '/api/ingest-keys',
  summary: 'Make a key; its secret is in this answer and nowhere else',
  body: z.object({ name: z.string().trim().min(1).max(100) }),
  response: z.object({
    key: ingestKeySchema,
    /** For a client that asks for a password or a bearer token. */
    secret: z.string(),
    /** `id:secret`, as Filebeat and Logstash take it. */
    pair: z.string(),
    /** Base64 of the pair, as the header `Authorization: ApiKey …` takes it. */
    encoded: z.string(),
  }),
});

export const revokeIngestKey = endpoint({
  method: 'POST',
  path: '/api/ingest-keys/:id/revoke',
  summary: 'End a key at once',
  params: idParams,
  response: acknowledgedSchema,
});
