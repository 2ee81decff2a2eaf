import type { LiveTopic } from '#shared/api/status.ts';

/** Paths whose answers a topic makes stale, by their beginning. */
const STALE: Readonly<Record<LiveTopic, readonly string[]>> = {
  alerts: ['/api/alerts', '/api/rules'],
  uploads: ['/api/uploads', '/api/status'],
  exceptions: ['/api/exceptions', '/api/exception-lists', '/api/value-lists'],
  rules: ['/api/rules'],
  sources: ['/api/sources', '/api/ingest-keys'],
  fields: ['/api/field-reading'],
  events: ['/api/events', '/api/fields', '/api/search', '/api/rarity', '/api/status'],
  searches: ['/api/searches'],
  views: ['/api/views'],
};

/** Whether what was read from a path has to be read again after these topics changed. */
export const isStale = (path: string, topics: readonly LiveTopic[]): boolean =>
  topics.some((topic) => STALE[topic].some((beginning) => path.startsWith(beginning)));
