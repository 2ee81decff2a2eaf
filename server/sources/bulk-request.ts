import { jsonProblemText, parseJson } from '#shared/base/json.ts';
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
  const lines = openLines(body);
  const items: BulkItem[] = [];
  let last: { readonly line: Buffer; readonly action: Action } | null = null;
  for (let line = lines.next(); line !== null; line = lines.next()) {
    if (line.length === 0) continue;
    // Most senders write the same action again and again.
    if (!last?.line.equals(line)) {
      const action = readAction(line, lines.read(), options.index);
      if (!action.ok) return action;
      last = { line, action: action.value };
    }
    const { action } = last;
    const document = action.operation === 'delete' ? EMPTY : lines.next();
    if (document === null) return fail(illegal(`The action in line [${lines.read()}] has no document.`));
    items.push(itemOf(action, document, options.longest));
  }
  return items.length > 0 ? succeed(items) : fail(illegal('The bulk request has no action.'));
}

const EMPTY = Buffer.alloc(0);

type Action = Pick<BulkItem, 'operation' | 'index' | 'id'>;

const illegal = (reason: string): BulkProblem => ({ type: 'illegal_argument_exception', reason });

function readAction(line: Buffer, number: number, pathIndex: string | null): Result<Action, BulkProblem> {
  const parsed = objectIn(line);
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
  const eventId = eventIdIn(document);
  const problem = eventId === undefined ? problemIn(document) : null;
  return { ...action, document, eventId: eventId ?? null, problem };
}

/** The id that a document's event has of its own, null for none; undefined for what is no JSON object. */
export function eventIdIn(document: Buffer): string | null | undefined {
  const seen = glance(document);
  if (!seen) {
    const parsed = objectIn(document);
    return parsed ? eventIdOf(parsed) : undefined;
  }
  return seen.eventId && idOf(JSON.parse(document.toString('utf8', seen.eventId.start, seen.eventId.end)));
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function objectIn(line: Buffer): JsonObject | null {
  const parsed = parseJson(line.toString('utf8'));
  return parsed.ok && isObject(parsed.value) ? parsed.value : null;
}

function problemIn(document: Buffer): string {
  const text = document.toString('utf8');
  const parsed = parseJson(text);
  return `The document is not ${parsed.ok ? 'a JSON object' : `JSON: ${jsonProblemText(text, parsed.error)}`}.`;
}

/** As `eventIdIn`, of a document that is parsed. */
export function eventIdOf(document: JsonObject): string | null {
  const { event } = document;
  return idOf((isObject(event) ? event['id'] : undefined) ?? document['event.id']);
}

function idOf(found: unknown): string | null {
  const first: unknown = Array.isArray(found) ? found[0] : found;
  return typeof first === 'string' && first !== '' ? first : null;
}

interface Lines {
  /** The next line without surrounding blanks; null behind the last. */
  readonly next: () => Buffer | null;
  /** Number of lines given so far. */
  readonly read: () => number;
}

function openLines(body: Buffer): Lines {
  let start = 0;
  let count = 0;
  return {
    next() {
      if (start >= body.length) return null;
      const feed = body.indexOf(NEWLINE, start);
      const end = feed === -1 ? body.length : feed;
      const line = trimmed(body, start, end);
      start = end + 1;
      count += 1;
      return line;
    },
    read: () => count,
  };
}

/** JSON's white space: blank, tab, line feed, carriage return. */
const isSpace = (byte: number | undefined): boolean => byte === 32 || byte === 9 || byte === 13 || byte === 10;

function trimmed(bytes: Buffer, from: number, to: number): Buffer {
  let [start, end] = [from, to];
  while (start < end && isSpace(bytes[start])) start += 1;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}
