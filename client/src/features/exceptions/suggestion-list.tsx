import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '#client/api/call.ts';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { ButtonLink } from '#client/ui/button-link.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { Hostile } from '#client/ui/text.tsx';
import { type NoisyGroup, type Suggestion, suggestExceptions } from '#shared/api/exception-suggestions.ts';
import { formatCount, plural } from '#shared/base/counts.ts';
import type { ExceptionEntry } from '#shared/exceptions/item.ts';
import { entrySentence } from '#shared/exceptions/sentence.ts';
import classes from './suggestions.module.css';

type Answer = AnswerOf<typeof suggestExceptions>;

/** What would hide the false positives of a rule and no true positive, and what it raises most of. */
export function SuggestionList({ rule }: { readonly rule: string }) {
  const query = useEndpoint(suggestExceptions, { query: { rule } }, { calm: true });
  return (
    <>
      {query.isPending ? (
        <p className="dim" role="status">
          Looking for what its false positives have in common. Of very many alerts this takes seconds; it ends when you
          leave.
        </p>
      ) : null}
      <QueryView query={query} rows={3}>
        {(answer) => (
          <div className={classes['suggestions']}>
            <Suggestions answer={answer} rule={rule} />
            <Noisy groups={answer.noisy} rule={rule} />
          </div>
        )}
      </QueryView>
    </>
  );
}

function Suggestions({ answer, rule }: { readonly answer: Answer; readonly rule: string }) {
  const { suggestions, falsePositives } = answer;
  if (suggestions.length === 0) {
    return (
      <p className="dim">
        {falsePositives === 0
          ? 'No alert of this rule that it would raise again is closed as a false positive: close such alerts, and exceptions for them are proposed here.'
          : `No conditions tell its ${plural(falsePositives, 'false positive')} from what must stay.`}
      </p>
    );
  }
  return (
    <ul className={classes['list']} aria-label="Suggested exceptions">
      {suggestions.map((suggestion) => (
        <li key={JSON.stringify(suggestion.entries)}>
          <Card suggestion={suggestion} rule={rule} />
        </li>
      ))}
    </ul>
  );
}

function Card({ suggestion, rule }: { readonly suggestion: Suggestion; readonly rule: string }) {
  const { name, entries, reasons, shared, removed, kept, created, changed } = suggestion;
  return (
    <>
      <p className={classes['said']}>
        Leave out events where <Clauses entries={entries} />
      </p>
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      <p className="dim">
        {formatCount(removed)} removed, {formatCount(kept)} kept, {formatCount(created)} newly created,{' '}
        {formatCount(changed)} with other counts
      </p>
      <p className={classes['actions']}>
        <ButtonLink to="/exceptions" search={startOf(rule, name, entries)}>
          Use
        </ButtonLink>
        {shared.length === 0 ? null : (
          <span>
            <ButtonLink to="/exceptions" search={startOf(rule, name, [...entries, ...shared])}>
              Use, narrowed
            </ButtonLink>{' '}
            <span className="dim">
              by what all of them share: <Clauses entries={shared} />
            </span>
          </span>
        )}
      </p>
    </>
  );
}

const startOf = (rule: string, name: string, entries: readonly ExceptionEntry[]) => ({
  ...{ edit: 'new', rule, name },
  entries: JSON.stringify(entries),
});

function Clauses({ entries }: { readonly entries: readonly ExceptionEntry[] }) {
  return entries.map((entry, index) => (
    <span key={JSON.stringify(entry)}>
      {index === 0 ? '' : ' and '}
      <code>
        <Hostile text={entrySentence(entry)} />
      </code>
    </span>
  ));
}

function Noisy({ groups, rule }: { readonly groups: readonly NoisyGroup[]; readonly rule: string }) {
  if (groups.length === 0) return null;
  return (
    <div className={classes['noisy']}>
      <table aria-label="Noisiest groups">
        <thead>
          <tr>
            <th>Noisiest groups</th>
            <th>Alerts</th>
            <th>Open</th>
            <th>False</th>
            <th>True</th>
            <th aria-label="What to do" />
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={`${group.shape} ${group.parent}`}>
              <td>
                <code>
                  <Hostile text={group.shape ?? 'no command'} />
                </code>
                {group.parent === null ? null : (
                  <span className="dim">
                    {' '}
                    under{' '}
                    <code>
                      <Hostile text={group.parent} />
                    </code>
                  </span>
                )}
              </td>
              <td>{formatCount(group.alerts)}</td>
              <td>{formatCount(group.open)}</td>
              <td>{formatCount(group.falsePositives)}</td>
              <td data-bad={group.truePositives > 0}>{formatCount(group.truePositives)}</td>
              <td>
                {group.truePositives === 0 && group.entries.length > 0 ? (
                  <Link to="/exceptions" search={startOf(rule, group.shape ?? '', group.entries)}>
                    Make an exception
                  </Link>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
