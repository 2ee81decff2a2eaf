import type { Exception, ExceptionList } from './item.ts';
import { ownListId } from './kibana-owner.ts';

/**
 * Lists and items as Kibana exports them, the exceptions of one rule in a list of its own; behind the rules that use them, where
 * these are given as lines of their own.
 */
export function writeKibanaLists(
  lists: readonly ExceptionList[],
  exceptions: readonly Exception[],
  rules: readonly object[] = [],
): string {
  const owners = [...new Set(exceptions.flatMap(({ rule }) => (rule === null ? [] : [rule])))].sort();
  const own = owners.map((slug) => ownList(slug, exceptions));
  const lines = [
    ...rules,
    ...[...lists, ...own].map(listLine),
    ...exceptions.map(itemLine),
    {
      ...(rules.length > 0 && ruleCounts(rules.length, lists.length + own.length + exceptions.length)),
      exported_exception_list_count: lists.length + own.length,
      exported_exception_list_item_count: exceptions.length,
      missing_exception_list_item_count: 0,
      missing_exception_list_items: [],
      missing_exception_lists: [],
      missing_exception_lists_count: 0,
    },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

const ruleCounts = (rules: number, others: number): object => ({
  exported_count: rules + others,
  exported_rules_count: rules,
  missing_rules: [],
  missing_rules_count: 0,
  exported_action_connector_count: 0,
  missing_action_connection_count: 0,
  missing_action_connections: [],
  excluded_action_connection_count: 0,
  excluded_action_connections: [],
});

function ownList(slug: string, exceptions: readonly Exception[]): ExceptionList {
  const first = exceptions.findLast(({ rule }) => rule === slug);
  const made = { createdAt: first?.createdAt ?? '', createdBy: first?.createdBy ?? '' };
  return {
    ...{ id: ownListId(slug), name: `Exceptions of ${slug}`, description: `Exceptions of the rule ${slug}` },
    ...{ type: 'rule_default', namespace: 'single', osTypes: [], tags: [], meta: null, rules: [], version: 1 },
    ...made,
    updatedAt: made.createdAt,
    updatedBy: made.createdBy,
  };
}

const withOurs = (meta: Exception['meta'], ours: object) =>
  Object.keys(ours).length > 0 ? { meta: { ...meta, oddspawn: ours } } : meta === null ? {} : { meta };

const stamps = (one: Pick<ExceptionList, 'createdAt' | 'createdBy' | 'updatedAt' | 'updatedBy' | 'version'>) => ({
  _version: String(one.version),
  created_at: one.createdAt,
  created_by: one.createdBy,
  updated_at: one.updatedAt,
  updated_by: one.updatedBy,
});

const listLine = (list: ExceptionList): object => ({
  id: list.id,
  list_id: list.id,
  type: list.type,
  namespace_type: list.namespace,
  name: list.name,
  description: list.description,
  immutable: false,
  os_types: list.osTypes,
  tags: list.tags,
  ...withOurs(list.meta, list.rules.length > 0 ? { rules: list.rules } : {}),
  tie_breaker_id: list.id,
  version: list.version,
  ...stamps(list),
});

const itemLine = (item: Exception): object => ({
  id: item.id,
  item_id: item.itemId,
  list_id: item.list ?? ownListId(item.rule ?? ''),
  type: 'simple',
  namespace_type: 'single',
  name: item.name,
  description: item.reason,
  entries: item.entries,
  os_types: item.osTypes,
  tags: item.tags,
  comments: item.comments.map(({ id, at, author, text }) => ({
    id,
    comment: text,
    created_at: at,
    created_by: author,
  })),
  ...(item.expiresAt !== null && { expire_time: item.expiresAt }),
  ...withOurs(item.meta, oursOf(item)),
  tie_breaker_id: item.id,
  ...stamps(item),
});

const oursOf = ({ stage, enabled, origin, cases }: Exception): object => ({
  ...(stage !== 'event' && { stage }),
  ...(!enabled && { enabled }),
  ...(origin !== null && { origin }),
  ...(cases.length > 0 && { cases }),
});
