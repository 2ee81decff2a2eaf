import { unreachable } from '#shared/base/assert.ts';
import type { BulkItem } from './bulk-request.ts';

/** What became of one item. */
export type BulkOutcome =
  | { readonly kind: 'stored'; readonly id: string }
  | { readonly kind: 'known'; readonly id: string }
  /** Taken as far as its sender is concerned, where a plain answer would make it send for ever. */
  | { readonly kind: 'settled'; readonly id: string }
  | { readonly kind: 'bad'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

export interface BulkAnswer {
  /** Milliseconds. */
  readonly took: number;
  /** `filter_path` of the request. */
  readonly filter: string | undefined;
}

/**
 * The body of a bulk answer, compact and with its members in this order: Vector and Fluent Bit look for their text. One entry
 * an item, in the order of the request: clients pair them by place.
 */
export function bulkAnswer(
  items: readonly BulkItem[],
  outcomes: readonly BulkOutcome[],
  { took, filter }: BulkAnswer,
): string {
  const shown = shownBy(filter);
  const entries = items.map((item, place) => {
    const entry = entryOf(item, outcomes[place] ?? { kind: 'refused', reason: 'not processed' });
    return { [item.operation]: shown === ALL ? entry : membersOf(entry, shown) };
  });
  return JSON.stringify({
    ...(shown.top('took') && { took }),
    ...(shown.top('errors') && { errors: outcomes.some(isError) }),
    ...(shown.top('items') && { items: entries }),
  });
}

const membersOf = (entry: Record<string, unknown>, { member }: Shown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(entry).filter(([name]) => member(name)));

const isError = ({ kind }: BulkOutcome): boolean => kind === 'known' || kind === 'bad' || kind === 'refused';

function entryOf({ index, id }: BulkItem, outcome: BulkOutcome): Record<string, unknown> {
  switch (outcome.kind) {
    case 'stored':
      return { _index: index, _id: outcome.id, _version: 1, result: 'created', status: 201 };
    case 'settled':
      return { _index: index, _id: outcome.id, _version: 1, result: 'noop', status: 200 };
    case 'known': {
      const reason = `[${outcome.id}]: version conflict, document already exists`;
      return {
        _index: index,
        _id: outcome.id,
        status: 409,
        error: { type: 'version_conflict_engine_exception', reason },
      };
    }
    case 'bad':
      return {
        _index: index,
        _id: id,
        status: 400,
        error: { type: 'document_parsing_exception', reason: outcome.reason },
      };
    case 'refused':
      return {
        _index: index,
        _id: id,
        status: 429,
        error: { type: 'es_rejected_execution_exception', reason: outcome.reason },
      };
    default:
      return unreachable(outcome);
  }
}

interface Shown {
  readonly top: (name: string) => boolean;
  readonly member: (name: string) => boolean;
}

const ALL: Shown = { top: () => true, member: () => true };

/** `filter_path=errors,items.*.error,items.*.status`: the members that are wanted. */
function shownBy(filter: string | undefined): Shown {
  if (filter === undefined || filter === '' || filter.startsWith('-')) return ALL;
  const paths = filter.split(',').map((path) => path.trim().split('.'));
  const wholeItems = paths.some(([top, , member]) => isNamed(top, 'items') && isNamed(member ?? '*', '*'));
  return {
    top: (name) => paths.some(([top]) => isNamed(top, name)),
    member: (name) => wholeItems || paths.some(([top, , member]) => isNamed(top, 'items') && isNamed(member, name)),
  };
}

const isNamed = (pattern: string | undefined, name: string): boolean =>
  pattern === name || pattern === '*' || pattern === '**';
