import type { Request, RequestHandler, Response } from 'express';
import type * as z from 'zod';
import type { Frame } from '#server/ingest/streams/stream-frame.ts';
import { Refusal } from '#server/refusal.ts';
import { senderOf } from '#server/sources/sender.ts';
import { MAX_RECORD_BYTES } from '#server/store/records/lines.ts';
import { type IngestOffset, ingestQuerySchema } from '#shared/api/ingest.ts';
import { HttpRefusal } from '../problem.ts';
import { checked } from '../route.ts';
import type { IngestServices } from './ingest-services.ts';
import { type GatheredLine, type LineGatherer, openLineGatherer } from './line-gatherer.ts';
import { isBadGzip, isHoldingTooMuch, plainBody, tooMuchAtOnce } from './read-body.ts';
import { keyOf } from './who-sends.ts';

type Query = z.output<typeof ingestQuerySchema>;

const queryOf = (request: Request): Query => checked('query', ingestQuerySchema, request.query);

/** A stream is its sender's own: another key's stream of the same name is another one. */
const streamOf = (response: Response, name: string): string => `${keyOf(response).id}/${name}`;

/** `GET`: where the stream's next byte belongs. */
export const tellOffset =
  ({ intake }: IngestServices): RequestHandler =>
  async (request, response) => {
    const { stream } = queryOf(request);
    if (stream === undefined) throw new Refusal('invalid-request', 'Name the stream: ?stream=…');
    const answer: IngestOffset = { offset: await intake.offsetOf(streamOf(response, stream)), records: 0 };
    response.json(answer);
  };

/** `POST`: records, a line each, taken as they come; the answer tells up to where they are safe. */
export const receiveStream =
  (services: IngestServices): RequestHandler =>
  async (request, response) => {
    const { intake, book } = services;
    const query = queryOf(request);
    try {
      if (isHoldingTooMuch()) throw tooMuchAtOnce();
      intake.checkRoom(0);
      const { stream } = query;
      const taken =
        stream === undefined
          ? await take(services, request, response, query, null)
          : await intake.hold(streamOf(response, stream), () => takeFrom(services, request, response, query, stream));
      response.json(taken);
    } catch (error) {
      const { name } = senderOf(request.headers['user-agent']);
      if (error instanceof Refusal && error.code === 'no-space') book.noteRefused(name, 'no-space');
      if (error instanceof Refusal && error.code === 'busy') book.noteRefused(name, 'busy');
      response.set('Connection', 'close').set('Retry-After', '2');
      throw isBadGzip(error)
        ? new HttpRefusal(400, { code: 'invalid-request', message: 'The body is not the gzip that it claims to be.' })
        : error;
    }
  };

async function takeFrom(
  services: IngestServices,
  request: Request,
  response: Response,
  query: Query,
  name: string,
): Promise<IngestOffset> {
  const id = streamOf(response, name);
  const next = await services.intake.offsetOf(id);
  if (query.offset !== undefined && query.offset !== next) {
    throw new Refusal('conflict', `The stream goes on at ${next}.`, {
      remedy: 'Ask for its offset, and send from there.',
    });
  }
  return take(services, request, response, query, { id, next });
}

/** Lines become durable piece by piece: what an answer or an interruption leaves is always whole lines. */
async function take(
  { intake, clock }: IngestServices,
  request: Request,
  response: Response,
  query: Query,
  stream: { readonly id: string; readonly next: number } | null,
): Promise<IngestOffset> {
  const lines = openLineGatherer(MAX_RECORD_BYTES);
  const from = stream?.next ?? 0;
  let records = 0;
  const accept = async (gathered: readonly GatheredLine[]): Promise<void> => {
    if (gathered.length === 0) return;
    const about = { keyId: keyOf(response).id, client: senderOf(request.headers['user-agent']).name, at: clock() };
    const frame = frameOf(gathered, query.source ?? query.stream ?? 'ingest');
    records += frame.lines.length;
    const next = from + lines.taken();
    await intake.accept([{ ...about, ...frame, ...(stream && { stream: { id: stream.id, next } }) }]);
  };
  for await (const chunk of plainBody(request) as AsyncIterable<Buffer>) await accept(lines.push(chunk));
  if (stream === null) await accept(restOf(lines));
  return { offset: from + lines.taken(), records };
}

/** A last line without a line feed: of a resumable stream it may be only half of one. */
function restOf(lines: LineGatherer): readonly GatheredLine[] {
  const rest = lines.rest();
  return rest ? [rest] : [];
}

function frameOf(
  gathered: readonly GatheredLine[],
  source: string,
): Pick<Frame, 'source' | 'lines' | 'ids' | 'rejects'> {
  const kept = gathered.filter(({ bytes }) => bytes.length > 0);
  const rejects = kept.flatMap(({ isCut }, place): [number, string][] =>
    isCut ? [[place, `The record is longer than ${MAX_RECORD_BYTES} bytes.`]] : [],
  );
  return { source, lines: kept.map(({ bytes }) => bytes), ids: [], rejects };
}
