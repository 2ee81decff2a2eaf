import { useState } from 'react';
import { useEndpoint } from '#client/api/use-endpoint.ts';
import { Button } from '#client/ui/button.tsx';
import { IconHierarchy2 } from '#client/ui/icons.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { Empty } from '#client/ui/states.tsx';
import { alertTree } from '#shared/api/alerts.ts';
import { eventTree } from '#shared/api/events.ts';
import { TreeView } from './tree-view.tsx';

const FIRST_BUDGET = 2000;
const LARGEST_BUDGET = 20_000;

/** Ancestors and descendants of the processes an alert, or an event, is about. */
export function TreePanel({ of, id }: { readonly of: 'alert' | 'event'; readonly id: string }) {
  const [budget, setBudget] = useState(FIRST_BUDGET);
  const query = useEndpoint(
    of === 'alert' ? alertTree : eventTree,
    { params: { id }, query: { budget } },
    { keepPrevious: true },
  );
  return (
    <QueryView query={query} rows={12}>
      {(tree) =>
        tree.nodes.length === 0 ? (
          <Empty title={`No process of this ${of} is in the data`} icon={IconHierarchy2}>
            The tree is built from the fork, exec and end events of the host; none with these processes is stored.
          </Empty>
        ) : (
          <TreeView
            of={of}
            tree={tree}
            more={
              tree.truncated && budget < LARGEST_BUDGET ? (
                <Button onClick={() => setBudget(LARGEST_BUDGET)}>Load more than {tree.nodes.length} processes</Button>
              ) : null
            }
          />
        )
      }
    </QueryView>
  );
}
