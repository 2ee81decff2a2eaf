import { vi } from 'vitest';
import { RULE } from './factories.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

type Answer = object | ((asked: Asked) => unknown);

/** An answer that is a refusal. */
export class Refused {
  readonly status: number;
  readonly problem: unknown;
  constructor(status: number, problem: unknown) {
    this.status = status;
    this.problem = problem;
  }
}

/** What every page asks for. */
const EVERYWHERE: Readonly<Record<string, Answer>> = {
  'GET /api/status': {
    version: '0.1.0',
    actor: 'ana',
    events: 10,
    hosts: 2,
    window: null,
    demo: false,
    samples: [],
  },
  'GET /api/rules': {
    rules: [
      {
        slug: RULE,
        name: 'Unusual Command Execution from Web Server Parent',
        type: 'esql',
        language: 'esql',
        severity: 'medium',
        riskScore: 47,
        interval: 3_600_000,
        window: 3_660_000,
        tags: [],
        deprecated: null,
        enabled: true,
        openAlerts: 2,
        alerts: 2,
        lastRun: null,
        verdicts: {},
        origin: 'shipped',
        problem: null,
        lacking: [],
        change: null,
      },
    ],
    broken: [],
  },
  'GET /api/field-reading': { current: null, waiting: { rules: [], changes: [] }, last: null },
  'GET /api/uploads': { uploads: [] },
  'GET /api/ingest-keys': { keys: [] },
  'GET /api/sources': {
    sources: [],
    uploaded: [],
    waitingBytes: 0,
    waitingRecords: 0,
    setAside: 0,
    waitingLimit: 1000,
    trouble: null,
    refused: [],
  },
  'GET /api/coverage': { all: { source: null, starts: 0, gaps: [] }, sources: [] },
  'GET /api/retention': { days: null, bytes: null, present: 0 },
  'GET /api/views': { views: [] },
  'GET /api/alerts/groups': { groups: [], total: 0 },
  'GET /api/alerts/histogram': { bucketMs: 60_000, buckets: [] },
  'GET /api/exceptions': { exceptions: [] },
  'GET /api/exceptions/review': { items: [] },
  'GET /api/exception-lists': { lists: [] },
  'GET /api/value-lists': { lists: [] },
  'GET /api/fields': { fields: [{ name: 'process.command_line', type: 'wildcard', many: false }] },
};

/** Puts answers in the place of the network; returns what was asked, in order. */
export function fakeServer(answers: Readonly<Record<string, Answer>>): Asked[] {
  const asked: Asked[] = [];
  const all: Readonly<Record<string, Answer>> = { ...EVERYWHERE, ...answers };
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    const url = new URL(address, 'http://127.0.0.1');
    const request: Asked = {
      method: init.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    asked.push(request);
    const known = all[`${request.method} ${request.path}`];
    const answer = typeof known === 'function' ? known(request) : known;
    if (answer === undefined) return Response.json({ code: 'not-found', message: 'No such answer' }, { status: 404 });
    if (answer instanceof Refused) return Response.json(answer.problem, { status: answer.status });
    return Response.json(answer);
  });
  return asked;
}
