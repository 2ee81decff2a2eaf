import { getRouteApi } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { ButtonLink } from '#client/ui/button-link.tsx';
import { Page, Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SearchField } from '#client/ui/search-field.tsx';
import { Notice } from '#client/ui/states.tsx';
import { listRules } from '#shared/api/rules.ts';
import { plural } from '#shared/base/counts.ts';
import { FieldReading } from './field-reading.tsx';
import { ReplayButton } from './replay-button.tsx';
import { RuleTable } from './rule-table.tsx';
import classes from './rules.module.css';

const route = getRouteApi('/rules');

/** All rules with how they stand. */
export function RulesPage() {
  const query = useEndpoint(listRules, {});
  const { text } = route.useSearch();
  const navigate = route.useNavigate();
  const wanted = text.toLowerCase();
  return (
    <Page
      title="Rules"
      note="What is looked for, how often, and how the last run went"
      actions={
        <>
          <SearchField
            label="Find rules"
            placeholder="Name, type or tag"
            value={text}
            onChange={(next) => void navigate({ search: { text: next }, replace: true })}
          />
          <ButtonLink to="/import">Import</ButtonLink>
          <ReplayButton />
        </>
      }
    >
      <QueryView query={query}>
        {({ rules, broken }) => {
          const shown = rules.filter(({ name, type, tags, slug }) =>
            [name, type, slug, ...tags].some((part) => part.toLowerCase().includes(wanted)),
          );
          return (
            <>
              <FieldReading />
              {broken.map(({ path, message }) => (
                <Notice key={path} tone="critical" title={`${path} could not be read`}>
                  {message}
                </Notice>
              ))}
              <Panel flush>
                {shown.length > 0 ? (
                  <RuleTable rules={shown} />
                ) : (
                  <p className={classes['none']}>None of {plural(rules.length, 'rule')} has this in it.</p>
                )}
              </Panel>
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}
