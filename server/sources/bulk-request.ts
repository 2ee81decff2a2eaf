import { fail, type Result, succeed } from '#shared/base/result.ts';
import { glance } from './document-glance.ts';

/** One action of a bulk request with its document. */
export interface BulkItem {
  readonly operation: 'create' | 'index' | 'update' | 'delete';
  readonly index: string;
  /** `_id` as sent. */
  readonly id: string | null;
  /** The document's bytes as they came, without surrounding blanks; empty for what has none. */
  readonly document: Buffer;
  /** What the document says as `event.id`. */
  readonly eventId: string | null;
  /** Why it cannot be taken. */
  readonly problem: string | null;
}

/** Why a whole request cannot be read, in the words of the protocol. */
export interface BulkProblem {
  readonly type: string;
  readonly reason: string;
}

export interface BulkOptions {
  /** From the path; for actions that name none. */
  readonly index: string | null;
  /** Longest document, in bytes. */
  readonly longest: number;
}

const OPERATIONS = ['create', 'index', 'update', 'delete'] as const;
const LONGEST_NAME = 255;
const LONGEST_ID = 512;
const NEWLINE = 10;

/**
 * Reads a bulk request's body: action line, document line, and so on; the last line feed may lack. A bad action line makes the
 * whole request unreadable, since nobody could tell what follows it; a bad document is its item's own problem.
 */
export function readBulk(body: Buffer, options: BulkOptions): Result<readonly BulkItem[], BulkProblem> {
  const lines = linesOf(body);
  const items: BulkItem[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? EMPTY;
    if (line.length === 0) continue;
    const action = readAction(line, at + 1, options.index);
    if (!action.ok) return action;
    const document = action.value.operation === 'delete' ? EMPTY : lines[++at];
    if (document === undefined) return fail(illegal(`The action in line [${at}] has no document.`));
    items.push(itemOf(action.value, document, options.longest));
  }
  return items.length > 0 ? succeed(items) : fail(illegal('The bulk request has no action.'));
}

const EMPTY = Buffer.alloc(0);

type Action = Pick<BulkItem, 'operation' | 'index' | 'id'>;

const illegal = (reason: string): BulkProblem => ({ type: 'illegal_argument_exception', reason });

function readAction(line: Buffer, number: number, pathIndex: string | null): Result<Action, BulkProblem> {
  const parsed = parseObject(line);
  const [name, ...more] = parsed ? Object.keys(parsed) : [];
  const operation = OPERATIONS.find((one) => one === name);
  const of: unknown = operation && parsed?.[operation];
  if (!operation || more.length > 0 || !isObject(of)) {
    const reason = `Malformed action/metadata line [${number}]: expected one of create, index, update, delete.`;
    return fail(illegal(reason));
  }
  const index = of['_index'] ?? pathIndex;
  const named = of['_id'] ?? null;
  if (typeof index !== 'string' || index === '' || index.length > LONGEST_NAME) {
    return fail({ type: 'action_request_validation_exception', reason: `Line [${number}]: index is missing.` });
  }
  const id = typeof named === 'number' ? String(named) : named;
  if (id !== null && (typeof id !== 'string' || Buffer.byteLength(id) > LONGEST_ID)) {
    return fail(illegal(`Line [${number}]: _id must be text of at most ${LONGEST_ID} bytes.`));
  }
  return succeed({ operation, index, id: id === '' ? null : id });
}

function itemOf(action: Action, document: Buffer, longest: number): BulkItem {
  if (action.operation === 'update' || action.operation === 'delete') {
    return {
      ...action,
      document,
      eventId: null,
      problem: `${action.operation} is not supported: events do not change.`,
    };
  }
  if (document.length > longest) {
    return { ...action, document, eventId: null, problem: `The document is longer than ${longest} bytes.` };
  }
  const known = knownOf(document);
  if (!known) return { ...action, document, eventId: null, problem: 'The document is not a JSON object.' };
  return { ...action, document, eventId: eventIdOf(known), problem: null };
}

/** A document as far as its event's id goes; null for what is no JSON object. */
export function knownOf(document: Buffer): JsonObject | null {
  const seen = glance(document);
  if (!seen) return parseObject(document);
  const { event, dotted } = seen;
  return {
    ...(event && { event: JSON.parse(document.toString('utf8', event.start, event.end)) as unknown }),
    ...(dotted && { 'event.id': JSON.parse(document.toString('utf8', dotted.start, dotted.end)) as unknown }),
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseObject(line: Buffer): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(line.toString('utf8'));
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** The id that an event has of its own. */
export function eventIdOf(document: JsonObject): string | null {
  const { event } = document;
  const found = (isObject(event) ? event['id'] : undefined) ?? document['event.id'];
  const first: unknown = Array.isArray(found) ? found[0] : found;
  return typeof first === 'string' && first !== '' ? first : null;
}

function linesOf(body: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = body.indexOf(NEWLINE); end !== -1; end = body.indexOf(NEWLINE, start)) {
    lines.push(trimmed(body.subarray(start, end)));
    start = end + 1;
  }
  if (start < body.length) lines.push(trimmed(body.subarray(start)));
  return lines;
}

/** JSON's white space: blank, tab, line feed, carriage return. */
const isSpace = (byte: number | undefined): boolean => byte === 32 || byte === 9 || byte === 13 || byte === 10;

function trimmed(bytes: Buffer): Buffer {
  let [start, end] = [0, bytes.length];
  while (start < end && isSpace(bytes[start])) start += 1;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}
