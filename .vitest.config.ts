import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Two cores are the least that is built for; by itself it would leave one of them idle.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['shared/**/*.test.ts', 'server/**/*.test.ts', 'rules/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: './client/vite.config.ts',
        test: {
          name: 'client',
          environment: 'jsdom',
          include: ['client/src/**/*.test.ts', 'client/src/**/*.test.tsx'],
          setupFiles: ['client/src/test-setup.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
});
