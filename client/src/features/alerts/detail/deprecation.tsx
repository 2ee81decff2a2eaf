import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Tag } from '#client/ui/marks.tsx';
import { Notice } from '#client/ui/states.tsx';
import { listRules } from '#shared/api/rules.ts';

function useDeprecation(slug: string) {
  const rules = useEndpoint(listRules, {});
  return rules.data?.rules.find((rule) => rule.slug === slug)?.deprecated ?? null;
}

export function DeprecationTag({ slug }: { readonly slug: string }) {
  const deprecated = useDeprecation(slug);
  return deprecated ? (
    <Tag tone="medium" title={deprecated.reason}>
      deprecated upstream
    </Tag>
  ) : null;
}

/** Says that the rule's author has withdrawn it, when and why. */
export function DeprecationNotice({ slug }: { readonly slug: string }) {
  const deprecated = useDeprecation(slug);
  return deprecated ? (
    <Notice tone="medium" title={`Rule deprecated upstream since ${deprecated.date}`}>
      {deprecated.reason}
    </Notice>
  ) : null;
}
