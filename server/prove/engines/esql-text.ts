import type { Random } from '#server/demo/random.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { visible } from '#shared/plan/columns.ts';
import { anyOne, oneWay, several } from './draw.ts';
import { grokOrDissect } from './esql-patterns.ts';
import { esqlStats } from './esql-stats.ts';
import { type Columns, esqlCall, esqlCondition, esqlValue, TYPES, written } from './esql-values.ts';
import { FIELDS } from './fields.ts';
import { kqlText } from './kql-text.ts';

/** A query, and the codes of what its parts were refused for while it was made. */
export interface MadeQuery {
  readonly text: string;
  readonly refused: readonly string[];
}

const MOST_COMMANDS = 5;
/** So many attempts at one command are worth it. */
const ATTEMPTS = 3;

/** A query in ES|QL: command by command, each kept where it compiles, so that the next knows its columns. */
export function esqlText(random: Random): MadeQuery {
  const refused: string[] = [];
  let text = start(random);
  let columns = columnsOf(text, []) ?? [];
  for (let left = random.between(1, MOST_COMMANDS); left > 0 && columns.length > 0; left -= 1) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const longer = `${text}\n| ${command(random, columns, text)}`;
      const next = columnsOf(longer, refused);
      if (!next) continue;
      [text, columns] = [longer, next];
      break;
    }
  }
  return { text, refused };
}

function columnsOf(text: string, refused: string[]): Columns | null {
  const compiled = compileEsql(text, FIELDS);
  if (compiled.ok) return visible(compiled.value.columns).filter(({ type }) => TYPES.includes(type));
  refused.push(compiled.error[0]?.code ?? 'unknown');
  return null;
}

function start(random: Random): string {
  if (random.chance(0.02))
    return 'row a = 1, b = ["x", "y"], c = to_datetime("2026-11-21T11:00:00Z"), d = to_ip("::1")';
  const metadata = random.chance(0.2) ? ' metadata _id' : '';
  const few = random.chance(0.7)
    ? `\n| keep ${several(random, 3, 6, () => anyOne(random, NAMES)).join(', ')}, @timestamp`
    : '';
  const set = random.chance(0.02) ? 'set unmapped_fields="nullify"; ' : '';
  return `${set}from logs-*${metadata}${few}`;
}

const NAMES = FIELDS.fields.filter(({ type }) => type !== 'nested' && type !== 'flattened').map(({ name }) => name);

const isUntouched = (text: string): boolean => !text.includes('|') && !text.startsWith('row');

function command(random: Random, columns: Columns, before: string): string {
  const column = (): string => written(anyOne(random, columns).name);
  const fresh = (): string => (random.chance(0.8) ? `x${random.between(1, 3)}` : column());
  const value = (): string =>
    random.chance(0.3) ? esqlCall(random, columns, 3) : esqlValue(random, anyOne(random, TYPES), columns, 3);
  const ways: (() => string)[] = [
    () => `where ${esqlCondition(random, columns)}`,
    () => `where ${esqlCondition(random, columns, 3)}`,
    () => `eval ${several(random, 1, 3, () => `${fresh()} = ${value()}`).join(', ')}`,
    () => `eval ${several(random, 1, 3, () => `${fresh()} = ${value()}`).join(', ')}`,
    () => `eval ${esqlCall(random, columns)}`,
    () => `keep ${several(random, 1, 4, () => (random.chance(0.1) ? 'p*' : column())).join(', ')}, ${column()}`,
    () => `drop ${column()}`,
    () => (random.chance(0.5) ? `rename ${column()} as ${fresh()}` : `rename ${fresh()} = ${column()}`),
    () => sorted(random, columns),
    () => `${sorted(random, columns)}\n| limit ${random.between(0, 8)}`,
    () => `mv_expand ${column()}`,
    () => grokOrDissect(random, columns),
    () => esqlStats(random, columns),
    () => esqlStats(random, columns),
    () => `inline ${esqlStats(random, columns)}`,
  ];
  if (isUntouched(before)) ways.push(() => `where kql(${JSON.stringify(kqlText(random, SIMPLE, 1))})`);
  return oneWay(random, ways);
}

const SIMPLE = FIELDS.fields.filter(({ name }) => ['process.pid', 'host.id', 'source.ip'].includes(name));

const sorted = (random: Random, columns: Columns): string => {
  const key = (): string => {
    const by = written(anyOne(random, columns).name);
    return `${by}${anyOne(random, ['', ' asc', ' desc', ' desc nulls last', ' nulls first'])}`;
  };
  return `sort ${several(random, 1, 2, key).join(', ')}`;
};
