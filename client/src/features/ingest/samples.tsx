import { useChange, useEndpoint } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { Tag } from '#client/ui/marks.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { showProblem } from '#client/ui/toast.tsx';
import { getStatus } from '#shared/api/status.ts';
import { addSample } from '#shared/api/uploads.ts';
import classes from './ingest.module.css';

/** Data that comes with the program. */
export function Samples() {
  const status = useEndpoint(getStatus, {});
  const add = useChange(addSample, ['uploads', 'events', 'alerts']);
  return (
    <QueryView query={status} rows={9}>
      {({ samples }) => (
        <ul className={classes['samples']}>
          {samples.map(({ id, title, description, loaded }) => (
            <li key={id}>
              <div>
                <h3>{title}</h3>
                <p className="dim">{description}</p>
              </div>
              {loaded ? (
                <Tag tone="good">loaded</Tag>
              ) : (
                <Button
                  busy={add.isPending && add.variables.params.id === id}
                  onClick={() => add.mutate({ params: { id } }, { onError: showProblem })}
                >
                  Load
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </QueryView>
  );
}
