import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createQueryClient } from '#client/api/query-client.ts';
import { createAppRouter } from '#client/app/router.tsx';
import { UiProvider } from '#client/ui/ui-provider.tsx';

const around = (inside: ReactNode) => (
  <QueryClientProvider client={createQueryClient()}>
    <UiProvider nonce="" environment="test">
      {inside}
    </UiProvider>
  </QueryClientProvider>
);

/** The whole console at an address. */
export function renderAt(address: string) {
  const router = createAppRouter(createMemoryHistory({ initialEntries: [address] }));
  render(around(<RouterProvider router={router} />));
  return router;
}
