import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure, SkeletonRows } from './states.tsx';

/** Draws what a query answers; until then rows of grey, and a way to try again when it fails. */
export function QueryView<Data>({
  query,
  rows = 6,
  children,
}: {
  readonly query: UseQueryResult<Data>;
  readonly rows?: number;
  readonly children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <SkeletonRows rows={rows} />;
}
