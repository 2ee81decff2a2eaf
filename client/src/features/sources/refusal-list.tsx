import { visibleText } from '#client/format/hostile.ts';
import { TimeText } from '#client/ui/time-text.tsx';
import type { RefusedRequests } from '#shared/api/sources.ts';
import { formatCount } from '#shared/base/counts.ts';
import { REFUSAL_WORDS } from './source-words.ts';
import classes from './sources.module.css';

/** Requests that were refused, by client: back-pressure, wrong keys, and what could not be read. */
export function RefusalList({ refused }: { readonly refused: readonly RefusedRequests[] }) {
  return (
    <table className={classes['table']}>
      <thead>
        <tr>
          {['Client', 'Why', 'Requests', 'Last'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {refused.map(({ client, reason, requests, lastAt }) => (
          <tr key={`${client} ${reason}`}>
            <td>{visibleText(client)}</td>
            <td>{REFUSAL_WORDS[reason]}</td>
            <td className="num">{formatCount(requests)}</td>
            <td>
              <TimeText iso={lastAt} relative />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
