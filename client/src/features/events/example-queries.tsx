import { QueryText } from '#client/ui/editor/query-text.tsx';
import classes from './events.module.css';

/** Questions a hunter asks first, in the words of this data. */
const EXAMPLES: readonly { readonly question: string; readonly query: string }[] = [
  {
    question: 'Which commands do web servers run on one host only?',
    query: `FROM logs-*
| WHERE event.action == "exec" AND process.parent.name IN ("nginx", "apache2", "php-fpm8.2", "java", "node", "gunicorn")
| STATS runs = COUNT(*), hosts = COUNT_DISTINCT(host.id) BY process.command_line
| WHERE hosts == 1
| SORT runs`,
  },
  {
    question: 'What fetched something from the network, and who asked for it?',
    query: `FROM logs-*
| WHERE process.name IN ("curl", "wget", "nc") AND event.action == "exec"
| KEEP @timestamp, host.name, user.name, process.parent.command_line, process.command_line
| SORT @timestamp DESC`,
  },
  {
    question: 'When was each parent and child pair first seen?',
    query: `FROM logs-*
| WHERE event.action == "exec"
| STATS first_seen = MIN(@timestamp), runs = COUNT(*) BY process.parent.name, process.name
| SORT first_seen DESC`,
  },
];

/** What an empty ES|QL page offers: a choice fills the query in and asks it. */
export function ExampleQueries({ onChoose }: { readonly onChoose: (query: string) => void }) {
  return (
    <section className={classes['examples']} aria-label="Example queries">
      <p>A query begins with FROM; commands follow behind pipes. One to begin with:</p>
      <ul>
        {EXAMPLES.map(({ question, query }) => (
          <li key={question}>
            <button type="button" onClick={() => onChoose(query)}>
              {question}
            </button>
            <pre>
              <QueryText language="esql" text={query} />
            </pre>
          </li>
        ))}
      </ul>
    </section>
  );
}
