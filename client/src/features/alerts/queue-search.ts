import { z } from 'zod';
import { listOf, oneOf, optionalText, optionalTime, text, textList } from '#client/stores/url/fields.ts';
import { verdictSchema } from '#shared/alert/alert.ts';
import { ALERT_SORTS, type AlertFilter } from '#shared/api/alerts.ts';

export const STATUS_CHOICES = ['open', 'acknowledged', 'closed', 'all'] as const;
export const GROUP_CHOICES = ['commandShape', 'rule', 'host', 'parentExecutable', 'user'] as const;
export const DETAIL_TABS = ['why', 'events', 'tree', 'rarity', 'guide', 'exceptions', 'history', 'json'] as const;

export type GroupChoice = (typeof GROUP_CHOICES)[number];
export type DetailTab = (typeof DETAIL_TABS)[number];

export const detailSearchSchema = z.object({
  tab: oneOf(DETAIL_TABS, 'why'),
  /** Guide step an exception is made from. */
  step: optionalText,
});
export const detailDefaults = { tab: 'why' } as const;

/** What the queue shows, as its URL says it. */
export const queueSearchSchema = detailSearchSchema.extend({
  status: oneOf(STATUS_CHOICES, 'open'),
  verdict: listOf(verdictSchema),
  rule: textList,
  host: textList,
  user: textList,
  commandShape: textList,
  parentExecutable: textList,
  text,
  from: optionalTime,
  to: optionalTime,
  sort: oneOf(ALERT_SORTS, 'lastSeen'),
  direction: oneOf(['ascending', 'descending'], 'descending'),
  by: oneOf(GROUP_CHOICES, 'commandShape'),
  /** The alert shown beside the queue. */
  open: optionalText,
});
export type QueueSearch = z.infer<typeof queueSearchSchema>;
export type DetailSearch = z.infer<typeof detailSearchSchema>;

export const queueDefaults: QueueSearch = queueSearchSchema.parse({});

/** The part of the URL that narrows the queue, as the server takes it. */
export function filterOf(search: QueueSearch): AlertFilter {
  return {
    ...(search.status === 'all' ? {} : { status: [search.status] }),
    ...(search.verdict.length > 0 ? { verdict: search.verdict } : {}),
    ...(search.rule.length > 0 ? { rule: search.rule } : {}),
    ...(search.host.length > 0 ? { host: search.host } : {}),
    ...(search.user.length > 0 ? { user: search.user } : {}),
    ...(search.commandShape.length > 0 ? { commandShape: search.commandShape } : {}),
    ...(search.parentExecutable.length > 0 ? { parentExecutable: search.parentExecutable } : {}),
    ...(search.text.trim() === '' ? {} : { text: search.text.trim().slice(0, 500) }),
    ...(search.from ? { from: search.from } : {}),
    ...(search.to ? { to: search.to } : {}),
  };
}

/** The members that a "clear" takes back. Status is a view, not a filter. */
export const clearedFilter: Partial<QueueSearch> = {
  verdict: [],
  rule: [],
  host: [],
  user: [],
  commandShape: [],
  parentExecutable: [],
  text: '',
  from: undefined,
  to: undefined,
};

export const isNarrowed = (search: QueueSearch): boolean =>
  Object.keys(filterOf(search)).some((member) => member !== 'status');
