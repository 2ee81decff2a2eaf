import type { Random } from '#server/demo/random.ts';
import { anyOne } from './draw.ts';
import { quoted } from './esql-literals.ts';
import type { Columns } from './esql-values.ts';
import { written } from './esql-values.ts';

const GROKS = [
  '%{WORD:g1} %{GREEDYDATA:g2}',
  '%{IP:g1} - %{WORD:g2} %{NOTSPACE:g3} %{NUMBER:g4:int}',
  '%{DATA:g1}=%{INT:g2}',
  '(?<g1>[a-z]+)\\s+-%{WORD:g2}',
  '%{USERNAME:g1}',
  '%{NUMBER:g1} %{WORD:g1}',
  '^%{NOTSPACE:g1}$',
];
const DISSECTS = [
  '%{d1} %{d2}',
  '%{d1} - %{d2} %{}',
  '%{d1}=%{d2} %{d3}',
  '%{+d1} %{+d1}',
  '%{d1->} %{d2}',
  '%{?skip} %{d1}',
  '%{+d1/2} %{+d1/1}',
  'x=%{d1}',
];

/** A text taken apart into columns. */
export function grokOrDissect(random: Random, columns: Columns): string {
  const texts = columns.filter(({ type }) => type === 'string');
  const name = texts.length > 0 ? written(anyOne(random, texts).name) : '"sh -c id"';
  if (random.chance(0.5)) return `grok ${name} ${quoted(anyOne(random, GROKS))}`;
  const separator = random.chance(0.3) ? ' append_separator="|"' : '';
  return `dissect ${name} ${quoted(anyOne(random, DISSECTS))}${separator}`;
}
