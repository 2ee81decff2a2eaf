import * as z from 'zod';
import { fail, type Result, succeed } from '#shared/base/result.ts';
import type { RuleFilter } from './rule-filter.ts';

/** Deepest nesting of `bool` clauses; nobody's filter bar makes more. */
const DEEPEST = 20;

const record = z.record(z.string(), z.unknown());
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const meta = z.object({ negate: z.boolean().default(false), disabled: z.boolean().default(false) });

type Reading = Result<RuleFilter, string>;

/**
 * One of a rule's `filters` as Kibana stores them (elastic/kibana `kbn-es-query` filters): `meta` with `negate` and
 * `disabled`, and a Query DSL clause under `query`, or beside `meta` as older ones have it. Null for one that is switched
 * off. What is no condition on single fields is named in the error.
 */
export function readFilter(filter: unknown): Result<RuleFilter | null, string> {
  const whole = record.safeParse(filter);
  if (!whole.success) return fail('is no filter');
  const settings = meta.safeParse(whole.data['meta'] ?? {});
  if (!settings.success) return fail('has a meta that cannot be read');
  if (settings.data.disabled) return succeed(null);
  const { meta: _meta, $state: _state, query, ...beside } = whole.data;
  const read = readClause(query ?? beside, 0);
  return read.ok && settings.data.negate ? succeed({ kind: 'not', of: read.value }) : read;
}

function readClause(clause: unknown, depth: number): Reading {
  const parsed = record.safeParse(clause);
  const entries = parsed.success ? Object.entries(parsed.data) : [];
  const [only] = entries;
  if (depth > DEEPEST) return fail('is nested too deep');
  if (!only || entries.length > 1) return fail('is not one clause of Query DSL');
  const [name, body] = only;
  const read = Object.hasOwn(CLAUSES, name) ? CLAUSES[name] : undefined;
  return read ? read(body, depth) : fail(`uses ${name}, which is not read here`);
}

const CLAUSES: Readonly<Record<string, (body: unknown, depth: number) => Reading>> = {
  match_all: () => succeed({ kind: 'all', of: [] }),
  match_none: () => succeed({ kind: 'any', of: [] }),
  match: (body) => onField(body, valueIn('query'), (field, value) => ({ kind: 'match', field, values: [value] })),
  match_phrase: (body) =>
    onField(body, valueIn('query'), (field, value) => ({ kind: 'match', field, values: [value] })),
  term: (body) => onField(body, valueIn('value'), (field, value) => ({ kind: 'match', field, values: [value] })),
  terms: (body) => onField(body, z.array(scalar).min(1), (field, values) => ({ kind: 'match', field, values })),
  exists: (body) => {
    const exists = z.object({ field: z.string().min(1) }).safeParse(body);
    return exists.success
      ? succeed({ kind: 'exists', field: exists.data.field })
      : fail('has an exists without a field');
  },
  wildcard: (body) =>
    onField(body, wildcardBody, (field, { value, caseless }) => ({
      kind: 'wildcard',
      field,
      pattern: value,
      caseless,
    })),
  range: (body) => onField(body, rangeBody, (field, bounds) => ({ kind: 'range', field, bounds })),
  bool: readBool,
};

const valueIn = (name: string) =>
  z.union([
    scalar,
    z
      .record(z.string(), z.unknown())
      .transform((body) => body[name])
      .pipe(scalar),
  ]);

const wildcardBody = z.union([
  z.string().transform((value) => ({ value, caseless: false })),
  z
    .object({ value: z.string().optional(), wildcard: z.string().optional(), case_insensitive: z.boolean().optional() })
    .transform(({ value, wildcard, case_insensitive }) => ({
      value: value ?? wildcard ?? '',
      caseless: case_insensitive ?? false,
    })),
]);

const OPERATORS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

const rangeBody = z
  .object({ gt: scalar.nullish(), gte: scalar.nullish(), lt: scalar.nullish(), lte: scalar.nullish() })
  .transform((body) =>
    (Object.keys(OPERATORS) as (keyof typeof OPERATORS)[]).flatMap((name) => {
      const value = body[name];
      return value === null || value === undefined ? [] : [{ operator: OPERATORS[name], value }];
    }),
  )
  .refine((bounds) => bounds.length > 0);

/** A clause that names one field: `{"<clause>": {"<field>": …}}`. */
function onField<Body>(
  body: unknown,
  schema: z.ZodType<Body>,
  make: (field: string, value: Body) => RuleFilter,
): Reading {
  const parsed = record.safeParse(body);
  const [only, ...more] = parsed.success ? Object.entries(parsed.data).filter(([name]) => name !== 'boost') : [];
  if (!only || more.length > 0) return fail('has a clause that does not name one field');
  const value = schema.safeParse(only[1]);
  return value.success ? succeed(make(only[0], value.data)) : fail(`has a condition on ${only[0]} that cannot be read`);
}

function readBool(body: unknown, depth: number): Reading {
  const parsed = record.safeParse(body);
  if (!parsed.success) return fail('has a bool that cannot be read');
  const { filter, must, should, must_not, minimum_should_match: least, ...more } = parsed.data;
  const [unknown] = Object.keys(more).filter((name) => name !== 'boost');
  if (unknown !== undefined) return fail(`uses ${unknown} in a bool, which is not read here`);
  if (least !== undefined && Number(least) !== 1 && Number(least) !== 0) {
    return fail(`uses minimum_should_match ${JSON.stringify(least)}, which is not read here`);
  }
  const parts = {
    all: readAll([filter, must], depth),
    any: readAll([should], depth),
    none: readAll([must_not], depth),
  };
  const wrong = Object.values(parts).find((part) => !part.ok);
  if (wrong && !wrong.ok) return wrong;
  const { all, any, none } = { all: listOf(parts.all), any: listOf(parts.any), none: listOf(parts.none) };
  // Beside other clauses `should` only ranks, unless at least one is asked for.
  const needed = any.length > 0 && Number(least ?? (all.length > 0 ? 0 : 1)) === 1;
  return succeed({
    kind: 'all',
    of: [
      ...all,
      ...(needed ? [{ kind: 'any', of: any } satisfies RuleFilter] : []),
      ...none.map((of): RuleFilter => ({ kind: 'not', of })),
    ],
  });
}

const listOf = (read: Result<readonly RuleFilter[], string>): readonly RuleFilter[] => (read.ok ? read.value : []);

/** Clauses that may be given as one or as a list. */
function readAll(groups: readonly unknown[], depth: number): Result<readonly RuleFilter[], string> {
  const filters: RuleFilter[] = [];
  for (const clause of groups.flat().filter((one) => one !== undefined)) {
    const read = readClause(clause, depth + 1);
    if (!read.ok) return read;
    filters.push(read.value);
  }
  return succeed(filters);
}
