import { lazy, Suspense } from 'react';
import { RulePage } from '#client/features/rules/rule-page.tsx';
import { SkeletonRows } from '#client/ui/states.tsx';

const SuggestionList = lazy(() =>
  import('#client/features/exceptions/suggestion-list.tsx').then((module) => ({ default: module.SuggestionList })),
);

/** A rule, with the exceptions that its false positives suggest. */
export function RuleRoute() {
  return (
    <RulePage
      suggestions={(slug) => (
        <Suspense fallback={<SkeletonRows rows={3} />}>
          <SuggestionList rule={slug} />
        </Suspense>
      )}
    />
  );
}
