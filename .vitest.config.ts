import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The proofs are the longest: they come first of their project, so that no worker is left alone with one at the end. */
class ProofsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ project, moduleId }: TestSpecification): number => {
      if (project.name === 'client') return 0;
      return moduleId.includes('/server/prove/') ? 1 : 2;
    };
    return sorted.toSorted((left, right) => rank(left) - rank(right));
  }
}

/** The files of a worker share the modules they import, and leave them as they were: reading them anew took a third of the time. */
const isolate = false;

export default defineConfig({
  test: {
    // Two cores are the least that is built for, and tests wait a fifth of their time for programs, timers and the disk.
    maxWorkers: 3,
    sequence: { sequencer: ProofsFirst },
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          isolate,
          include: ['shared/**/*.test.ts', 'server/**/*.test.ts', 'rules/**/*.test.ts', 'client/src/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: './client/vite.config.ts',
        test: {
          name: 'client',
          environment: 'jsdom',
          isolate,
          // What draws: a document of its own takes each file seconds.
          include: ['client/src/**/*.test.tsx'],
          setupFiles: ['client/src/test-setup.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
