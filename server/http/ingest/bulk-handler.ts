import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Intake } from '#server/ingest/streams/intake.ts';
import type { Frame } from '#server/ingest/streams/stream-frame.ts';
import { Refusal } from '#server/refusal.ts';
import { type BulkOutcome, bulkAnswer } from '#server/sources/bulk-answer.ts';
import { type BulkItem, readBulk } from '#server/sources/bulk-request.ts';
import { type Sender, senderOf } from '#server/sources/sender.ts';
import { MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { HttpRefusal } from '../problem.ts';
import { ElasticProblem } from './elastic-problem.ts';
import type { IngestServices } from './ingest-services.ts';
import { isHoldingTooMuch, tooMuchAtOnce, withBody } from './read-body.ts';
import { type Wait, whenTaken } from './when-taken.ts';
import { keyOf } from './who-sends.ts';

/** Takes a bulk whole or refuses it whole, in the form that its sender survives; answers when it is on disk. */
export const receiveBulk =
  (services: IngestServices): RequestHandler =>
  async (request, response) => {
    const sender = senderOf(request.headers['user-agent']);
    const wait = { until: performance.now() + services.patience, response };
    try {
      if (sender.refusal !== 'items') await whenTaken(() => checkRoom(services.intake), wait);
      await withBody(request, (body) => takeBulk(services, sender, request, wait, body));
    } catch (error) {
      noteRefusal(services, sender, error);
      if (sender.refusal === 'hang-up' && error instanceof Refusal) request.socket.destroy();
      else throw sender.refusal === 'unavailable' && error instanceof Refusal ? unavailable(error) : error;
    }
  };

/** In the words for a cluster that cannot answer, to be asked again. */
const unavailable = ({ message }: Refusal): ElasticProblem =>
  new ElasticProblem(503, 'cluster_block_exception', message);

function checkRoom(intake: Intake): void {
  if (isHoldingTooMuch()) throw tooMuchAtOnce();
  intake.checkRoom(0);
}

async function takeBulk(
  { intake, clock, book }: IngestServices,
  sender: Sender,
  request: Request,
  wait: Wait,
  body: Buffer,
): Promise<void> {
  const { response } = wait;
  const started = performance.now();
  const index = typeof request.params['index'] === 'string' ? request.params['index'] : null;
  const read = readBulk(body, { index, longest: MAX_RECORD_BYTES });
  if (!read.ok) throw new ElasticProblem(400, read.error.type, read.error.reason);
  const items = read.value;
  const answer = (outcomes: readonly BulkOutcome[]): void => {
    const filter = request.query['filter_path'];
    const took = Math.round(performance.now() - started);
    response.end(bulkAnswer(items, outcomes, { took, filter: typeof filter === 'string' ? filter : undefined }));
  };
  try {
    const outcomes = await whenTaken(async () => {
      intake.checkRoom(body.length);
      const known = await knownAmong(intake, items);
      await intake.accept(framesOf(items, { keyId: keyOf(response).id, client: sender.name, at: clock() }));
      return outcomesOf(items, known, sender);
    }, wait);
    intake.remember(items.flatMap((item) => (item.problem === null ? (publicId(item) ?? []) : [])));
    answer(outcomes);
  } catch (error) {
    if (!(error instanceof Refusal) || sender.refusal !== 'items') throw error;
    const { message } = error;
    noteRefusal({ book }, sender, error);
    answer(items.map(() => ({ kind: 'refused', reason: message })));
  }
}

/** What the store will know an event by, where that is not a digest. */
const publicId = ({ eventId, id }: BulkItem): string | null => eventId ?? id;

/** Only who creates by a name is told that it is taken. */
const isNamedCreation = (item: BulkItem): boolean =>
  item.operation === 'create' && item.id !== null && item.problem === null;

async function knownAmong(intake: Intake, items: readonly BulkItem[]): Promise<ReadonlySet<string>> {
  return intake.knownIds(items.flatMap((item) => (isNamedCreation(item) ? (publicId(item) ?? []) : [])));
}

function outcomesOf(
  items: readonly BulkItem[],
  known: ReadonlySet<string>,
  { repeatsUnlessTaken }: Sender,
): readonly BulkOutcome[] {
  const seen = new Set(known);
  return items.map((item): BulkOutcome => {
    const id = item.id ?? item.eventId ?? randomUUID();
    if (item.problem !== null) {
      return repeatsUnlessTaken ? { kind: 'stored', id } : { kind: 'bad', reason: item.problem };
    }
    const unique = isNamedCreation(item) ? publicId(item) : null;
    if (unique === null) return { kind: 'stored', id };
    if (seen.has(unique)) return { kind: repeatsUnlessTaken ? 'settled' : 'known', id };
    seen.add(unique);
    return { kind: 'stored', id };
  });
}

interface Framed {
  readonly lines: Buffer[];
  readonly ids: [number, string][];
  readonly rejects: [number, string][];
}

/** One frame for each index that the items name. */
function framesOf(items: readonly BulkItem[], about: Pick<Frame, 'keyId' | 'client' | 'at'>): readonly Frame[] {
  const frames = new Map<string, Framed>();
  for (const { index, document, eventId, id, problem } of items) {
    const frame = frames.get(index) ?? { lines: [], ids: [], rejects: [] };
    frames.set(index, frame);
    const place = frame.lines.push(document) - 1;
    if (problem !== null) frame.rejects.push([place, problem]);
    else if (eventId === null && id !== null) frame.ids.push([place, id]);
  }
  return [...frames].map(([source, frame]) => ({ ...about, source, ...frame }));
}

function noteRefusal({ book }: Pick<IngestServices, 'book'>, { name }: Sender, error: unknown): void {
  if (error instanceof Refusal) book.noteRefused(name, error.code === 'no-space' ? 'no-space' : 'busy');
  else if (error instanceof HttpRefusal) book.noteRefused(name, error.status === 413 ? 'too-large' : 'unreadable');
  else if (error instanceof ElasticProblem) book.noteRefused(name, 'unreadable');
}
