import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Tunable, tunablesOf, withTunable } from './tunables.ts';

const shown = (query: string) => tunablesOf(query).map(({ kind, label, value }) => [kind, label, value]);

const RARE = `from logs-*
| where @timestamp > now() - 1 hours // a window of its own
| where host.os.type == "linux" and process.args_count > 2
| stats cc = count(), hosts = count_distinct(host.id) by process.command_line
| where hosts == 1 and cc   < 5
| sort cc asc
| limit 100`;

test('thresholds, lengths of time and limits are named by what they stand in', () => {
  expect(shown(RARE)).toEqual([
    ['length', '@timestamp > now() - … hours', 1],
    ['whole', 'hosts == …', 1],
    ['whole', 'cc < …', 5],
    ['rows', 'limit …', 100],
  ]);
});

describe('what may be set, and what not', () => {
  test.each([
    [
      'a number before the grouping is a condition on events',
      'from a | where n > 3 | limit 9',
      [['rows', 'limit …', 9]],
    ],
    ['a decimal stays one', 'from a | stats s = avg(n) | where s >= 0.25', [['decimal', 's >= …', 0.25]]],
    ['either side', 'from a | stats c = count() | where 5 > c', [['whole', '… > c', 5]]],
    [
      'several in one comparison',
      'from a | stats c = count() | where round(c, 2) > 3 or not c == 7',
      [
        ['whole', 'round(c, …) > 3', 2],
        ['whole', 'round(c, 2) > …', 3],
        ['whole', 'c == …', 7],
      ],
    ],
    ['what cannot be read', 'from a | where', []],
    ['no query', '', []],
  ] as const)('%s', (_, query, wanted) => {
    expect(shown(query)).toEqual(wanted);
  });
});

/** Queries of any layout, with numbers in every place. */
const blank = fc.constantFrom(' ', '  ', '\n', '\t', ' /* c */ ', ' // c\n');
const compared = fc
  .tuple(
    fc.constantFrom('cc', 'agent_count', '`odd name`', 'abs(cc)'),
    fc.constantFrom('<', '<=', '==', '!=', '>', '>='),
  )
  .map(([name, operator]) => [name, operator]);
const literal = fc.oneof(
  fc.nat(1_000_000).map(String),
  fc.tuple(fc.nat(999), fc.nat(999)).map(([whole, part]) => `${whole}.${part}`),
);
const queries = fc
  .record({
    blanks: fc.array(blank, { minLength: 3, maxLength: 3 }),
    conditions: fc.array(fc.tuple(compared, literal, fc.constantFrom('and', 'or', 'and not')), {
      minLength: 1,
      maxLength: 4,
    }),
    hours: fc.integer({ min: 1, max: 99 }),
    limit: fc.integer({ min: 1, max: 9_999 }),
  })
  .map(({ blanks: [a = ' ', b = ' ', c = ' '], conditions, hours, limit }) => {
    const where = conditions.map(
      ([words, value, joint], at) => `${at > 0 ? `${joint} ` : ''}${[...words, value].join(b)}`,
    );
    return `from x |${a}where @timestamp > now() -${b}${hours} hours | stats cc = count(), agent_count = count(), \`odd name\` = count() by a |${c}where ${where.join(' ')}${a}| limit${c}${limit}`;
  });

test('what the form sets is what the query then says, and nothing else of its text changes', () => {
  fc.assert(
    fc.property(
      queries,
      fc.nat(),
      fc.integer({ min: 1, max: 1_000_000_000 }),
      fc.boolean(),
      (query, which, whole, half) => {
        const before = tunablesOf(query);
        expect(before.length).toBeGreaterThanOrEqual(3);
        const at = which % before.length;
        const chosen = before[at] as Tunable;
        const value = chosen.kind === 'decimal' && half ? whole / 8 : whole;
        const after = withTunable(query, chosen, value);
        const found = tunablesOf(after);
        expect(found[at]).toMatchObject({ kind: chosen.kind, value });
        expect(found.map(({ value: one }, index) => (index === at ? null : one))).toEqual(
          before.map(({ value: one }, index) => (index === at ? null : one)),
        );
        const length = (found[at] as Tunable).to - chosen.from;
        expect(after.slice(0, chosen.from)).toBe(query.slice(0, chosen.from));
        expect(after.slice(chosen.from + length)).toBe(query.slice(chosen.to));
      },
    ),
  );
});

test('setting what stands there already changes nothing', () => {
  fc.assert(
    fc.property(queries, (query) => {
      for (const one of tunablesOf(query)) {
        if (one.kind !== 'decimal' && String(one.value) === query.slice(one.from, one.to)) {
          expect(withTunable(query, one, one.value)).toBe(query);
        }
      }
    }),
  );
});
