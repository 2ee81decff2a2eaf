import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DemoOptions, writeDemoFleet } from '#server/demo/demo-fleet.ts';
import type { Instant } from '#shared/base/time.ts';

/** Data that comes with the program. */
export interface Sample {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Writes the sample's records to a file. */
  readonly write: (path: string, signal: AbortSignal) => Promise<void>;
}

export type DemoWriter = (path: string, options: DemoOptions, signal: AbortSignal) => Promise<void>;

/** On this thread: every request waits meanwhile. */
export const demoInPlace: DemoWriter = async (path, options) => {
  await writeDemoFleet(path, options);
};

export const DEMO_FLEET = 'demo-fleet';

/** Equal seeds make equal fleets, but for the time of day. */
const SEED = 1505003;

/** @param root folder of the program, where recorded samples lie */
export function bundledSamples(root: string, clock: () => Instant, writeDemo: DemoWriter): readonly Sample[] {
  const copyOf = (name: string) => (path: string) => copyFile(join(root, 'server', 'demo', 'samples', name), path);
  return [
    {
      id: DEMO_FLEET,
      title: 'Demo fleet',
      description:
        'A made-up week of 24 web hosts up to now: four intrusions and as many harmless oddities among daily routine.',
      write: (path, signal) => writeDemo(path, { now: clock(), seed: SEED }, signal),
    },
    {
      id: 'recorded-nginx-php-fpm',
      title: 'Recorded nginx and php-fpm',
      description: 'Our own recording of one host with auditd, harmless commands, as ECS documents: 213 events.',
      write: copyOf('recorded-nginx-php-fpm.ecs.ndjson'),
    },
    {
      id: 'recorded-auditd',
      title: 'The same recording: auditd log',
      description: 'As auditd wrote it: parents and working directories are joined from its records.',
      write: copyOf('recorded-nginx-php-fpm.audit.log'),
    },
    {
      id: 'recorded-laurel',
      title: 'The same recording: laurel',
      description:
        'As laurel wrote it, one JSON object an event. The same events as the auditd log, so they are stored once.',
      write: copyOf('recorded-nginx-php-fpm.laurel.jsonl'),
    },
  ];
}
