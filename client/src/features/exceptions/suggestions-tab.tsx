import { Link } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { IconShieldOff } from '#client/ui/icons.ts';
import { Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Empty } from '#client/ui/states.tsx';
import { listRules } from '#shared/api/rules.ts';
import classes from './exceptions.module.css';
import { SuggestionList } from './suggestion-list.tsx';

/** Suggestions for every rule that raised something. */
export function SuggestionsTab() {
  const query = useEndpoint(listRules, {});
  return (
    <QueryView query={query}>
      {({ rules }) => {
        const noisy = rules.filter(({ alerts }) => alerts > 0);
        if (noisy.length === 0) {
          return (
            <Empty title="Nothing to suggest" icon={IconShieldOff}>
              Once alerts are closed as false positives, exceptions that would hide them and no true positive are
              proposed here.
            </Empty>
          );
        }
        const panels = noisy.map(({ slug, name }) => (
          <Panel
            key={slug}
            title={
              <Link to="/rules/$slug" params={{ slug }}>
                {name}
              </Link>
            }
          >
            <SuggestionList rule={slug} />
          </Panel>
        ));
        return <div className={classes['stacked']}>{panels}</div>;
      }}
    </QueryView>
  );
}
