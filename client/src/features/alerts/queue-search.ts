import * as z from 'zod';
import { listOf, oneOf, optionalText, optionalTime, text, textList } from '#client/stores/url/fields.ts';
import { verdictSchema } from '#shared/alert/alert.ts';
import { ALERT_FIELDS, type AlertField, type AlertFilter, readCondition } from '#shared/api/alert-filter.ts';
import { ALERT_SORTS } from '#shared/api/alerts.ts';

export const STATUS_CHOICES = ['open', 'acknowledged', 'closed', 'all'] as const;
export const GROUP_ORDERS = ['most', 'rarest', 'latest'] as const;
const MOST_LEVELS = 2;
export const DETAIL_TABS = ['why', 'events', 'tree', 'rarity', 'guide', 'exceptions', 'history', 'json'] as const;

export type DetailTab = (typeof DETAIL_TABS)[number];

export const detailSearchSchema = z.object({
  tab: oneOf(DETAIL_TABS, 'why'),
  /** Guide step an exception is made from. */
  step: optionalText,
});
export const detailDefaults = { tab: 'why' } as const;

const conditions = listOf(z.string().refine((value) => readCondition(value) !== null));

/** What the queue shows, as its URL says it. */
export const queueSearchSchema = detailSearchSchema.extend({
  status: oneOf(STATUS_CHOICES, 'open'),
  verdict: listOf(verdictSchema),
  rule: textList,
  host: textList,
  user: textList,
  tag: textList,
  commandShape: textList,
  parentExecutable: textList,
  /** Conditions as `field:value`: all of the first hold, none of the second. */
  only: conditions,
  not: conditions,
  /** Only alerts with findings that later data contradicts. */
  answers: z.literal('stale').optional().catch(undefined),
  text,
  from: optionalTime,
  to: optionalTime,
  sort: oneOf(ALERT_SORTS, 'lastSeen'),
  direction: oneOf(['ascending', 'descending'], 'descending'),
  /** Properties that rows are grouped by, the outer one first. */
  group: listOf(z.enum(ALERT_FIELDS)).transform((fields): AlertField[] => [...new Set(fields)].slice(0, MOST_LEVELS)),
  groupOrder: oneOf(GROUP_ORDERS, 'most'),
  /** Groups that are unfolded, each by the path to it. */
  unfolded: textList,
  /** Id of the saved view that this began as. */
  view: optionalText,
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
    ...(search.tag.length > 0 ? { tag: search.tag } : {}),
    ...(search.only.length > 0 ? { only: search.only } : {}),
    ...(search.not.length > 0 ? { not: search.not } : {}),
    ...(search.commandShape.length > 0 ? { commandShape: search.commandShape } : {}),
    ...(search.parentExecutable.length > 0 ? { parentExecutable: search.parentExecutable } : {}),
    ...(search.answers ? { answers: search.answers } : {}),
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
  tag: [],
  commandShape: [],
  parentExecutable: [],
  only: [],
  not: [],
  answers: undefined,
  text: '',
  from: undefined,
  to: undefined,
};

export const isNarrowed = (search: QueueSearch): boolean =>
  Object.keys(filterOf(search)).some((member) => member !== 'status');
