import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDuckdbStore } from '#server/store/duckdb/open.ts';
import type { EventStore, StandingFilter } from '#server/store/event-store.ts';
import { openReferenceStore } from '#server/store/reference/reference-store.ts';
import { must } from '#shared/base/assert.ts';
import { HOUR, type Instant, parseInstant } from '#shared/base/time.ts';
import { arbitraryDocuments } from '#shared/evaluate/generate/documents.ts';
import { arbitraryExpression } from '#shared/evaluate/generate/expressions.ts';
import { jsonText } from '#shared/evaluate/generate/json.ts';
import { arbitraryPlan } from '#shared/evaluate/generate/plans.ts';
import { WEB_SERVER_VOCABULARY } from '#shared/evaluate/generate/vocabulary.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { anyItem } from '#shared/exceptions/any-item.ts';
import { allOf, anyOf, type Expression, not, TRUE } from '#shared/plan/expression.ts';
import { fieldsOf } from '#shared/plan/fields.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { printPlan } from '#shared/plan/print.ts';
import { insertBeforeAggregate } from '#shared/plan/rewrite.ts';
import { countingPlan, doubtsOf } from '#shared/rule/doubts.ts';
import { conjunctsOf } from '#shared/rule/event-filter.ts';

const SEARCH = Number(process.env['ODDSPAWN_SEARCH'] ?? 1);
const SEED = Number(process.env['ODDSPAWN_SEED'] ?? 20_261_121);

const from = must(parseInstant('2026-11-21T10:00:00Z'), 'instant');
const range = { from, to: from + 2 * HOUR };

/** What happens to a store between two questions. */
type Happening =
  | { readonly kind: 'append'; readonly documents: readonly object[] }
  | { readonly kind: 'remove'; readonly batch: number }
  | { readonly kind: 'forget'; readonly before: Instant }
  | { readonly kind: 'keep'; readonly filters: readonly StandingFilter[] }
  | { readonly kind: 'reopen' };

interface Asked {
  readonly filter: Expression;
  /** How a rule has it kept: as it is, or with what it leaves undecided. */
  readonly kept: Expression;
  readonly plan: Plan;
  /** What the plan leaves out, one by one. */
  readonly items: readonly Expression[];
  /** What the filter leaves undecided, and why: it looks at parts of the filter. */
  readonly counting: Plan;
  /** Fields that these read, whatever is left out. */
  readonly fields: readonly string[];
}

/** The same question with one thing left out, with another, and with both. */
const asked: fc.Arbitrary<readonly Asked[]> = fc
  .tuple(
    arbitraryExpression(ECS_PROCESS, WEB_SERVER_VOCABULARY, range),
    arbitraryPlan(ECS_PROCESS, WEB_SERVER_VOCABULARY, range),
    arbitraryExpression(ECS_PROCESS, WEB_SERVER_VOCABULARY, range),
    arbitraryExpression(ECS_PROCESS, WEB_SERVER_VOCABULARY, range),
    fc.boolean(),
  )
  .map(([filter, plan, one, other, withUndecided]) => {
    const counting = countingPlan(filter, doubtsOf(filter), TRUE);
    return [[one], [other], [one, other]].map((conditions) => {
      const items = conditions.map(trueOf);
      return {
        ...{ filter, counting, items },
        kept: withUndecided ? anyOf([filter, { kind: 'is-null', of: filter }]) : filter,
        plan: insertBeforeAggregate(plan, allOf([filter, not(anyItem(items))])),
        fields: [...fieldsOf(plan), ...fieldsOf(counting)],
      };
    });
  });

/** True where the condition is, and else false. */
const trueOf = (condition: Expression): Expression => allOf([condition, not({ kind: 'is-null', of: condition })]);

/** As for a rule: what it asks, and what its exceptions leave of that. */
function standing({ kept, fields, items }: Asked, wide: boolean): readonly StandingFilter[] {
  const given = wide ? fields : [];
  const left = allOf([...conjunctsOf(kept), not(anyItem(items))]);
  return [
    { filter: kept, fields: given },
    { filter: left, fields: given, sparing: { of: kept, items } },
  ];
}

const happeningTo = (questions: readonly Asked[]): fc.Arbitrary<Happening> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: arbitraryDocuments(ECS_PROCESS, WEB_SERVER_VOCABULARY, range, { minLength: 1, maxLength: 40 }).map(
        (documents): Happening => ({ kind: 'append', documents: documents as readonly object[] }),
      ),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.subarray([...questions], { maxLength: 3 }), fc.boolean())
        .map(([some, wide]): Happening => ({ kind: 'keep', filters: some.flatMap((one) => standing(one, wide)) })),
    },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }).map((batch): Happening => ({ kind: 'remove', batch })) },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 0, max: 60 })
        .map((minute): Happening => ({ kind: 'forget', before: from + minute * 60_000 })),
    },
    { weight: 1, arbitrary: fc.constant<Happening>({ kind: 'reopen' }) },
  );

const story = fc.array(asked, { minLength: 2, maxLength: 2 }).chain((questions) =>
  fc.record({
    questions: fc.constant(questions.flat()),
    happenings: fc.array(happeningTo(questions.flat()), { minLength: 4, maxLength: 12 }),
  }),
);

/** Does the same to both stores; the second one closes and opens again. */
class Pair {
  readonly #folder: string;
  readonly plain: EventStore = openReferenceStore({ catalogue: ECS_PROCESS });
  keeping: EventStore;
  #batch = 0;

  private constructor(folder: string, keeping: EventStore) {
    this.#folder = folder;
    this.keeping = keeping;
  }

  static async open(): Promise<Pair> {
    const folder = await mkdtemp(join(tmpdir(), 'oddspawn-kept-'));
    return new Pair(folder, await Pair.#store(folder));
  }

  static #store(folder: string): Promise<EventStore> {
    return openDuckdbStore({ path: join(folder, 'events.db'), catalogue: ECS_PROCESS });
  }

  async happens(happening: Happening): Promise<void> {
    switch (happening.kind) {
      case 'append': {
        this.#batch += 1;
        const path = join(this.#folder, `${this.#batch}.ndjson`);
        await writeFile(path, happening.documents.map((document) => `${jsonText(document)}\n`).join(''));
        await this.plain.append({ id: this.#batch, path });
        await this.keeping.append({ id: this.#batch, path });
        return;
      }
      case 'remove':
        await this.plain.remove(happening.batch);
        return this.keeping.remove(happening.batch);
      case 'forget': {
        const which = { before: happening.before, keep: [], atMost: 1000 };
        await this.plain.forget(which);
        await this.keeping.forget(which);
        return;
      }
      case 'keep':
        await this.keeping.keepMatches(happening.filters);
        return;
      case 'reopen':
        await this.keeping.close();
        this.keeping = await Pair.#store(this.#folder);
    }
  }

  async close(): Promise<void> {
    await this.keeping.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

test('answers are the same whatever matches are kept, while events come and go', async () => {
  const property = fc.asyncProperty(story, async ({ questions, happenings }) => {
    const pair = await Pair.open();
    try {
      for (const happening of happenings) {
        await pair.happens(happening);
        for (const plan of questions.flatMap(({ plan, counting }) => [plan, counting])) {
          const expected = await pair.plain.run(plan, { now: range.to });
          const actual = await pair.keeping.run(plan, { now: range.to });
          expect(actual.rows, printPlan(plan)).toEqual(expected.rows);
        }
      }
    } finally {
      await pair.close();
    }
  });
  await fc.assert(property, { seed: SEED, numRuns: 6 * SEARCH, endOnFailure: false });
}, 300_000);
