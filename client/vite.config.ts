import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Replaced in every response by the server with the nonce of that response's content security policy. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  server: { proxy: { '/api': 'http://127.0.0.1:7878' } },
  build: {
    outDir: '../.build/client',
    emptyOutDir: true,
    target: 'es2022',
    // No data: addresses: the policy allows assets from the server itself only.
    assetsInlineLimit: 0,
    manifest: true,
    // Small things that nearly every page has: one file for all of them weighs less than one for each set of pages.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'icons', test: /client\/src\/ui\/icons|@tabler\/icons-react/ },
            { name: 'fields', test: /client\/src\/ui\/fields\// },
          ],
        },
      },
    },
  },
});
