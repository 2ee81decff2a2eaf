import rows from '#client/ui/rows.module.css';
import { Notice } from '#client/ui/states.tsx';
import type { SourcesAnswer } from '#shared/api/sources.ts';
import { SetAside } from './set-aside.tsx';
import classes from './sources.module.css';
import { StreamRow } from './stream-row.tsx';

/** Beyond so many, what belongs to one stream is shown when it is asked for. */
const ALL_OPEN = 2;

export function StreamList({ answer }: { readonly answer: SourcesAnswer }) {
  const { sources, trouble, setAside, refused } = answer;
  return (
    <>
      {trouble === null ? null : (
        <Notice tone="critical" title="What arrives cannot be stored at present">
          {trouble}. It waits on disk, is tried again every few seconds, and is refused once too much waits.
        </Notice>
      )}
      {setAside > 0 ? <SetAside /> : null}
      {sources.length === 0 ? (
        <p className={classes['none']}>
          Nothing is sent here yet. Make a key, copy the configuration for what you run, and its stream shows up here.
        </p>
      ) : (
        <ul className={rows['list']}>
          {sources.map((source) => (
            <StreamRow
              key={source.id}
              source={source}
              isRefused={refused.some(({ client }) => client === source.client)}
              startsOpen={sources.length <= ALL_OPEN}
            />
          ))}
        </ul>
      )}
    </>
  );
}
