import { getRouteApi, Link } from '@tanstack/react-router';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { visibleText } from '#client/format/hostile.ts';
import { Page, Panel } from '#client/ui/page.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Empty } from '#client/ui/states.tsx';
import { explainEvent } from '#shared/api/explain.ts';
import { plural } from '#shared/base/counts.ts';
import classes from './explain.module.css';
import { RuleFate } from './rule-fate.tsx';

const route = getRouteApi('/explain');

/** Why an event did, or did not, alert: by every rule that is switched on. */
export function ExplainPage() {
  const { event } = route.useSearch();
  return (
    <Page
      title="Why it did, or did not, alert"
      note={
        event === '' ? null : (
          <Link to="/events" search={{ open: event }}>
            Event <code>{visibleText(event)}</code>
          </Link>
        )
      }
    >
      {event === '' ? (
        <Empty title="No event is named">Open one among the events, or in a process tree, and ask from there.</Empty>
      ) : (
        <Explanations event={event} />
      )}
    </Page>
  );
}

function Explanations({ event }: { readonly event: string }) {
  const query = useEndpoint(explainEvent, { query: { event } }, { calm: true });
  return (
    <QueryView query={query} rows={8}>
      {({ explanations, unasked }) => {
        const alerting = explanations.filter(({ fate }) => fate === 'alerts').length;
        return (
          <Panel
            flush
            title={
              alerting > 0
                ? `It is in alerts of ${plural(alerting, 'rule')} of ${explanations.length}`
                : `None of ${plural(explanations.length, 'rule')} alerts on it`
            }
          >
            <ul className={classes['list']}>
              {explanations.map((explanation) => (
                <RuleFate key={explanation.rule} explanation={explanation} />
              ))}
              {unasked > 0 ? (
                <li className={classes['fate']}>
                  <span className="dim">{plural(unasked, 'more rule')} not asked: a page asks the first fifty.</span>
                </li>
              ) : null}
            </ul>
          </Panel>
        );
      }}
    </QueryView>
  );
}
