/**
 * What parsing and compiling a query costs: the shipped rules, and the longest queries among the cases of both languages. Prints
 * medians of many rounds, after some to warm up.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { compilePlan } from '#server/store/duckdb/compile/compile.ts';
import { ECS_PROCESS } from '#shared/event/ecs.ts';
import { catalogueOf, type FieldCatalogue, type FieldType } from '#shared/event/field.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { median } from './measuring.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const [WARM_UP, ROUNDS, LONGEST] = [50, 300, 5];

interface Sample {
  readonly name: string;
  readonly language: 'kuery' | 'esql';
  readonly query: string;
  readonly catalogue: FieldCatalogue;
}

/** The plan of the query; null where it is one of those that must be refused. */
function planOf({ language, query, catalogue }: Sample): Plan | null {
  if (language === 'esql') {
    const compiled = compileEsql(query, catalogue);
    return compiled.ok ? compiled.value.plan : null;
  }
  const compiled = compileKql(query, catalogue);
  return compiled.ok ? { steps: [{ kind: 'filter', where: compiled.value.expression }] } : null;
}

function medianOf(work: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const start = performance.now();
    work();
    if (round >= WARM_UP) times.push(performance.now() - start);
  }
  return median(times);
}

interface RuleFile {
  readonly rule: { readonly language: 'kuery' | 'esql'; readonly query: string };
}

const rules = readdirSync(join(ROOT, 'rules'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry): Sample => {
    const text = readFileSync(join(ROOT, 'rules', entry.name, 'rule.toml'), 'utf8');
    const { rule } = parseToml(text) as unknown as RuleFile;
    return { name: entry.name, language: rule.language, query: rule.query, catalogue: ECS_PROCESS };
  });

interface CaseFile {
  readonly schema: Readonly<Record<string, FieldType>>;
  readonly cases: readonly { readonly query: string }[];
}

const folder = join(ROOT, 'shared', 'lang', 'esql', 'cases');
const longest = readdirSync(folder)
  .flatMap((file) => {
    const { schema, cases } = parseYaml(readFileSync(join(folder, file), 'utf8')) as CaseFile;
    const catalogue = catalogueOf(Object.entries(schema).map(([name, type]) => ({ name, type })));
    return cases.map(({ query }): Sample => ({ name: file, language: 'esql', query, catalogue }));
  })
  .filter((sample) => planOf(sample) !== null)
  .sort((left, right) => right.query.length - left.query.length)
  .slice(0, LONGEST);

const NO_SPILL: ReadonlySet<string> = new Set();

console.log('| query | characters | parse and compile, ms | to SQL, ms |\n| --- | --- | --- | --- |');
for (const sample of [...rules, ...longest]) {
  const plan = planOf(sample);
  if (plan === null) throw new Error(`${sample.name} does not compile`);
  const source = { catalogue: sample.catalogue, now: 0, spilled: NO_SPILL };
  const times = [medianOf(() => planOf(sample)), medianOf(() => compilePlan(plan, source))];
  console.log(`| ${sample.name} | ${sample.query.length} | ${times.map((time) => time.toFixed(2)).join(' | ')} |`);
}
