import '#client/ui/mantine-styles.ts';
import '#client/ui/tokens.css';
import '#client/ui/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from '#client/api/query-client.ts';
import { UiProvider } from '#client/ui/ui-provider.tsx';
import { must } from '#shared/base/assert.ts';
import { pageNonce } from './nonce.ts';
import { createAppRouter } from './router.tsx';

const nonce = pageNonce();
createRoot(must(document.getElementById('root'), 'root element')).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <UiProvider nonce={nonce}>
        <RouterProvider router={createAppRouter()} />
      </UiProvider>
    </QueryClientProvider>
  </StrictMode>,
);
