import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyEntry, Exception, ExceptionList } from './item.ts';
import { ownerOf } from './kibana-owner.ts';
import { readKibanaLists } from './read-kibana-lists.ts';
import { writeKibanaLists } from './write-kibana-lists.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const trimmed = text.map((one) => `n${one.replaceAll('\0', '')}`.trim());
const operator = fc.constantFrom('included' as const, 'excluded' as const);
const field = fc.constantFrom('process.name', 'host.ip', 'user.name');
const simple = fc.oneof(
  fc.record({ type: fc.constant('match' as const), field, operator, value: text }),
  fc.record({ type: fc.constant('match_any' as const), field, operator, value: fc.array(text, { minLength: 1 }) }),
  fc.record({ type: fc.constant('exists' as const), field, operator }),
);
const entry: fc.Arbitrary<AnyEntry> = fc.oneof(
  simple,
  fc.record({ type: fc.constant('wildcard' as const), field, operator, value: text }),
  fc.record({
    type: fc.constant('list' as const),
    field,
    operator,
    list: fc.record({ id: text, type: fc.constantFrom('keyword' as const, 'ip' as const, 'ip_range' as const) }),
  }),
  fc.record({ type: fc.constant('nested' as const), field, entries: fc.array(simple, { minLength: 1, maxLength: 3 }) }),
);
const time = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString());
const meta = fc.option(fc.dictionary(fc.constantFrom('a', 'b'), fc.string(), { minKeys: 1 }));
const stamps = {
  version: fc.constant(1),
  createdAt: fc.constant('2026-01-01T00:00:00.000Z'),
  createdBy: fc.constant('ana'),
  updatedAt: fc.constant(''),
  updatedBy: fc.constant(''),
};

const item = (list: string | null): fc.Arbitrary<Exception> =>
  fc.record({
    ...{ id: fc.uuid(), itemId: trimmed, name: trimmed, reason: trimmed },
    rule: fc.constant(list === null ? 'some-rule' : null),
    list: fc.constant(list),
    stage: fc.constantFrom('event' as const, 'result' as const),
    entries: fc.array(entry, { minLength: 1, maxLength: 4 }),
    osTypes: fc.subarray(['linux', 'macos', 'windows'] as const).map((types) => [...types]),
    tags: fc.array(trimmed, { maxLength: 3 }),
    enabled: fc.boolean(),
    expiresAt: fc.option(time),
    origin: fc.option(fc.record({ alert: text, step: fc.option(text) })),
    cases: fc.constant([{ name: 'a', at: '2026-01-01T00:00:00Z', events: [{ 'event.id': 'x' }], alerts: [['x']] }]),
    comments: fc.array(fc.record({ id: fc.uuid(), at: time, author: trimmed, text: trimmed }), { maxLength: 2 }),
    meta,
    ...stamps,
  });

const list: fc.Arbitrary<ExceptionList> = fc.record({
  id: fc.constant('shared'),
  name: trimmed,
  description: trimmed,
  type: fc.constantFrom('detection' as const, 'endpoint' as const),
  namespace: fc.constantFrom('single' as const, 'agnostic' as const),
  osTypes: fc.constant([]),
  tags: fc.array(trimmed, { maxLength: 2 }),
  meta,
  rules: fc.array(trimmed, { maxLength: 2 }),
  ...stamps,
});

test('what is exported comes back as it was', () => {
  const exceptions = fc.array(fc.oneof(item('shared'), item(null)), { maxLength: 5 });
  fc.assert(
    fc.property(list, exceptions, (shared, all) => {
      const read = readKibanaLists(writeKibanaLists([shared], all));
      expect(read.problems).toEqual([]);
      const { version: _v, createdAt: _c, createdBy: _b, updatedAt: _u, updatedBy: _w, ...draft } = shared;
      expect(read.lists[0]?.list).toEqual(draft);
      expect(
        read.items.map(({ item: { draft: one, comments, meta: more, listId, itemId } }) => {
          const rule = ownerOf(listId);
          return { ...one, comments, meta: more, itemId, rule, list: rule === null ? listId : null };
        }),
      ).toEqual(all.map(bare));
    }),
    { numRuns: 200 },
  );
});

const bare = ({
  id: _i,
  version: _v,
  createdAt: _c,
  createdBy: _b,
  updatedAt: _u,
  updatedBy: _w,
  ...one
}: Exception) => ({
  ...one,
  comments: one.comments.map(({ id: _id, ...comment }) => comment),
});

test('a file as Kibana documents it, with every kind of entry', () => {
  const read = readKibanaLists(readFileSync(new URL('./cases/kibana-export.ndjson', import.meta.url), 'utf8'));
  expect(read.lists.map(({ list: { id, type, namespace } }) => [id, type, namespace])).toEqual([
    ['web-noise', 'detection', 'single'],
    ['4f1c2f0e-rule', 'rule_default', 'single'],
  ]);
  expect(read.attached.get('4f1c2f0e-rule')).toEqual(['a-rule-of-the-file']);
  expect(read.items.flatMap(({ item: { draft } }) => draft.entries.map(({ type }) => type))).toEqual([
    'match',
    'match_any',
    'wildcard',
    'exists',
    'list',
    'nested',
  ]);
  expect(read.items[1]?.item).toMatchObject({
    comments: [{ text: 'Agreed with the shop', author: 'elastic' }],
    draft: { osTypes: ['linux'], tags: ['shop'], expiresAt: '2027-01-01T00:00:00.000Z', stage: 'event', enabled: true },
  });
  expect(read.problems).toEqual([
    {
      line: 6,
      itemId: 'i3',
      listId: 'web-noise',
      message: 'entries.0.type is “regexp”, and one of match, match_any, wildcard, exists, list, nested is asked for.',
    },
    { line: 7, message: 'This is not JSON at column 2: these quotes are not closed in their line.' },
  ]);
});

test('a file with every kind of entry, list and optional member comes back line by line', () => {
  const text = readFileSync(new URL('./cases/kibana-lists-export.ndjson', import.meta.url), 'utf8');
  const read = readKibanaLists(text);
  expect(read.problems).toEqual([]);
  expect([read.lists.length, read.items.length]).toEqual([4, 10]);
  const at = { createdAt: '', createdBy: '', updatedAt: '', updatedBy: '', version: 1 };
  const lists = read.lists.map(({ list }) => ({ ...list, ...at }));
  const items = read.items.map(({ item: { itemId, listId, draft, comments, meta } }) => ({
    ...{ ...draft, ...at, id: itemId, itemId, rule: null, list: listId, meta },
    comments: comments.map((comment, index) => ({ ...comment, id: `c-${index + 1}` })),
  }));
  const members = (lines: string) =>
    lines
      .split('\n')
      .slice(0, -2)
      .map((line) => bareLine(JSON.parse(line)));
  expect(members(writeKibanaLists(lists, items))).toEqual(members(text));
});

/** Members that the place of storage gives a line. */
const STORED = [
  '_version',
  'id',
  'tie_breaker_id',
  'version',
  'immutable',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
];

/** Without what the place of storage gives, and who last changed a comment. */
function bareLine(line: Record<string, unknown>): object {
  const comments = (line['comments'] as Record<string, unknown>[] | undefined)?.map((comment) =>
    without(comment, ['updated_at', 'updated_by']),
  );
  return { ...without(line, STORED), namespace_type: undefined, ...(comments && { comments }) };
}

const without = (members: Record<string, unknown>, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
