import { useCallback } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { listRules } from '#shared/api/rules.ts';
import { sharedBeginning } from './shared-beginning.ts';

/** How a narrow column names rules: without the words with which all their names begin. */
export function useRuleLabel(): (name: string) => string {
  const rules = useEndpoint(listRules, {});
  const names = rules.data?.rules.map(({ name }) => name).join('\n') ?? '';
  return useCallback((name) => name.slice(sharedBeginning(names.split('\n')).length), [names]);
}

/** What a rule is called in full; its slug while that is not known. */
export function useRuleName(): (slug: string) => string {
  const rules = useEndpoint(listRules, {}).data?.rules;
  return useCallback((slug) => rules?.find((rule) => rule.slug === slug)?.name ?? slug, [rules]);
}
