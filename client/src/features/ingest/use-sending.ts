import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { invalidateAll } from '#client/api/query-client.ts';
import { sendFile } from '#client/api/upload.ts';
import { ProblemError, problemOf } from '#client/format/problem.ts';
import type { Problem } from '#shared/api/endpoint.ts';

/** A file on its way up, before the server has all its bytes. */
export interface Sending {
  readonly key: string;
  readonly name: string;
  readonly sent: number;
  readonly total: number;
  /** Since it began; 0 before anything went. */
  readonly bytesPerSecond: number;
  readonly problem: Problem | null;
}

/** A rate over less time than this would only be noise. */
const SHORTEST_SECONDS = 0.5;
let started = 0;

/** Sends files one after another; what arrived shows among the uploads, what failed stays here with its reason. */
export function useSending() {
  const client = useQueryClient();
  const [list, setList] = useState<readonly Sending[]>([]);
  const stops = useRef(new Map<string, AbortController>());
  const queue = useRef<Promise<void>>(Promise.resolve());

  const change = (key: string, next: Partial<Sending>): void =>
    setList((now) => now.map((one) => (one.key === key ? { ...one, ...next } : one)));
  const drop = (key: string): void => setList((now) => now.filter((one) => one.key !== key));

  const sendOne = async (key: string, file: File): Promise<void> => {
    const stop = stops.current.get(key);
    if (!stop || stop.signal.aborted) return drop(key);
    const began = Date.now();
    try {
      await sendFile(
        file,
        ({ sent, total }) => {
          const seconds = Math.max(SHORTEST_SECONDS, (Date.now() - began) / 1000);
          change(key, { sent, total, bytesPerSecond: sent / seconds });
        },
        stop.signal,
      );
      drop(key);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'cancelled') drop(key);
      else change(key, { problem: problemOf(error) });
    } finally {
      stops.current.delete(key);
      invalidateAll(client, ['uploads']);
    }
  };

  const send = (files: readonly File[]): void => {
    for (const file of files) {
      const key = `sending ${started++}`;
      stops.current.set(key, new AbortController());
      setList((now) => [...now, { key, name: file.name, sent: 0, total: file.size, bytesPerSecond: 0, problem: null }]);
      queue.current = queue.current.then(() => sendOne(key, file));
    }
  };
  const cancel = (key: string): void => {
    stops.current.get(key)?.abort();
    drop(key);
  };
  return { list, send, cancel };
}
