import { useNavigate } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { useShortcuts } from '#client/stores/shortcuts/use-shortcuts.ts';
import { listRules } from '#shared/api/rules.ts';

/** `]` and `[`: to the rule after and before this one, in the order of the list. */
export function useRuleKeys(slug: string): void {
  const rules = useEndpoint(listRules, {}).data?.rules ?? [];
  const navigate = useNavigate();
  const go = (by: 1 | -1) => (): void => {
    const to = rules[rules.findIndex((rule) => rule.slug === slug) + by];
    if (to) void navigate({ to: '/rules/$slug', params: { slug: to.slug } });
  };
  useShortcuts([
    { keys: ']', label: 'Next rule', group: 'Move', run: go(1) },
    { keys: '[', label: 'Previous rule', group: 'Move', run: go(-1) },
  ]);
}
