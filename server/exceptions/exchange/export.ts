import type { RuleBook } from '#server/alerts/rule-book.ts';
import { disabledRules } from '#server/alerts/rule-settings.ts';
import { readLists } from '#server/exceptions/lists.ts';
import { readExceptions } from '#server/exceptions/records.ts';
import type { StateReader } from '#server/state/open-state.ts';
import type { Instant } from '#shared/base/time.ts';
import type { Exception, ExceptionList } from '#shared/exceptions/item.ts';
import { ownListId } from '#shared/exceptions/kibana-owner.ts';
import { writeKibanaLists } from '#shared/exceptions/write-kibana-lists.ts';
import { isExpired } from '#shared/rule/exceptions-in-force.ts';
import { kibanaRule } from '#shared/rule/write-kibana.ts';

interface Wanted {
  readonly now: Instant;
  readonly withExpired: boolean;
  /** The rules as well, in front of what they leave out. */
  readonly withRules: boolean;
}

/** All lists and items in Kibana's NDJSON, and what Kibana would make of them that this console does not. */
export async function exportKibana(
  state: StateReader,
  rules: RuleBook,
  { now, withExpired, withRules }: Wanted,
): Promise<{ text: string; notes: string[] }> {
  const [lists, all, off] = await Promise.all([readLists(state), readExceptions(state), disabledRules(state)]);
  const items = all.filter((exception) => withExpired || !isExpired(exception, now));
  const lines = rules.all.map(({ rule }) => kibanaRule(rule, !off.has(rule.slug), usedBy(rule.slug, lists, items)));
  return { text: writeKibanaLists(lists, items, withRules ? lines : []), notes: notesOn(items) };
}

const usedBy = (slug: string, lists: readonly ExceptionList[], items: readonly Exception[]) => [
  ...lists.filter(({ rules }) => rules.includes(slug)),
  ...(items.some(({ rule }) => rule === slug)
    ? [{ id: ownListId(slug), type: 'rule_default', namespace: 'single' }]
    : []),
];

function notesOn(items: readonly Exception[]): string[] {
  const onResults = items.filter(({ stage }) => stage === 'result').length;
  const off = items.filter(({ enabled }) => !enabled).length;
  return [
    ...(onResults > 0 ? [`${onResults} act on results: Kibana applies them to events, before it counts.`] : []),
    ...(off > 0 ? [`${off} are switched off: Kibana has no such switch, and applies them.`] : []),
    ...(items.some(({ entries }) => entries.some(({ type }) => type === 'list'))
      ? ['Lists of values are not in the file: import their texts into Kibana first.']
      : []),
  ];
}
