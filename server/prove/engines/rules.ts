import type { Random } from '#server/demo/random.ts';
import { madeRule } from '#server/rules/testing/made-rules.ts';
import type { Instant } from '#shared/base/time.ts';
import { MINUTE } from '#shared/base/time.ts';
import type { Plan } from '#shared/plan/plan.ts';
import { compileRule } from '#shared/rule/compile.ts';
import { ruleFromElastic } from '#shared/rule/elastic-toml.ts';
import { anyOne, several } from './draw.ts';
import { esqlText } from './esql-text.ts';
import { anException } from './exceptions.ts';
import { FIELDS } from './fields.ts';
import { kqlText } from './kql-text.ts';

export interface MadeRule {
  readonly plan: Plan;
  /** What it is, to be told where the engines differ. */
  readonly text: string;
  readonly type: string;
}

const TERMS = [
  'process.name',
  'host.id',
  'process.args',
  'event.action',
  'source.ip',
  'process.pid',
  'process.command_line',
];

/** A rule of any type with exceptions, at some runs of a schedule; null where what was drawn is refused. */
export function aRule(random: Random, range: { readonly from: Instant; readonly to: Instant }): MadeRule | null {
  const document = ruleDocument(random);
  const read = ruleFromElastic({ rule: document }, 'made');
  if (!read.ok) return null;
  const rule = madeRule(document);
  const exceptions = several(random, 0, 3, () => anException(random));
  const compiled = compileRule(rule, FIELDS, exceptions);
  if (!compiled.ok) return null;
  const minutes = Math.floor((range.to - range.from) / MINUTE);
  const first = range.from + random.between(0, minutes) * MINUTE;
  const ticks = { first, last: first + random.between(0, 6) * 10 * MINUTE, interval: 10 * MINUTE };
  return { plan: compiled.value.plan(ticks), text: JSON.stringify({ document, exceptions, ticks }), type: rule.type };
}

function ruleDocument(random: Random): object {
  const common = {
    ...{ rule_id: 'made', name: 'Made', description: '', severity: 'low', risk_score: 21, interval: '10m' },
    from: anyOne(random, ['now-11m', 'now-30m', 'now-2h']),
    ...(random.chance(0.4) && { timestamp_override: 'event.ingested' }),
  };
  const query = (): string => (random.chance(0.3) ? '*:*' : kqlText(random, FIELDS.fields, 2));
  switch (anyOne(random, ['query', 'esql', 'new_terms', 'threshold'])) {
    case 'query':
      return { ...common, type: 'query', language: 'kuery', index: ['logs-*'], query: query() };
    case 'esql':
      return { ...common, type: 'esql', language: 'esql', query: esqlText(random).text };
    case 'new_terms': {
      const fields = [...new Set(several(random, 1, 3, () => anyOne(random, TERMS)))];
      const history = { field: 'history_window_start', value: anyOne(random, ['now-3h', 'now-1d', 'now-7d']) };
      const newTerms = { field: 'new_terms_fields', value: fields, history_window_start: [history] };
      return {
        ...common,
        type: 'new_terms',
        language: 'kuery',
        index: ['logs-*'],
        query: query(),
        new_terms: newTerms,
      };
    }
    default: {
      const cardinality = random.chance(0.4) ? [{ field: anyOne(random, TERMS), value: random.between(1, 3) }] : [];
      const field = [...new Set(several(random, 0, 2, () => anyOne(random, TERMS)))];
      const threshold = { field, value: random.between(1, 4), cardinality };
      return { ...common, type: 'threshold', language: 'kuery', index: ['logs-*'], query: query(), threshold };
    }
  }
}
