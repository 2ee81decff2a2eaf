import { isMainThread, Worker, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { writeDemoFleet } from '#server/demo/demo-fleet.ts';
import type { DemoWriter } from './samples.ts';

const taskSchema = z.object({ demo: z.object({ path: z.string(), now: z.number(), seed: z.number() }) });

/**
 * Makes the demo on another thread: it takes seconds of work that would hold up every request. The thread starts with the
 * program's own file, which has to ask `runDemoTask` first.
 */
export const demoOnThread =
  (program: URL): DemoWriter =>
  (path, { now, seed }, signal) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(program, { workerData: { demo: { path, now, seed } } });
      const stop = (): void => {
        worker.terminate().then(() => reject(signal.reason), reject);
      };
      signal.addEventListener('abort', stop, { once: true });
      worker.once('error', reject);
      worker.once('exit', (code) => {
        signal.removeEventListener('abort', stop);
        if (code === 0) resolve();
        else reject(new Error('The demo could not be made.'));
      });
    });

/** Does the task where this is a thread started for one; false on the program's main thread. */
export async function runDemoTask(): Promise<boolean> {
  if (isMainThread) return false;
  const { demo } = taskSchema.parse(workerData);
  await writeDemoFleet(demo.path, demo);
  return true;
}
