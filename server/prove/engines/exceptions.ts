import type { Random } from '#server/demo/random.ts';
import type { Field } from '#shared/event/field.ts';
import type { AnyEntry, NestedEntry } from '#shared/exceptions/item.ts';
import type { RuleException } from '#shared/rule/exceptions-in-force.ts';
import { anyOne, anyText, several } from './draw.ts';
import { FIELDS } from './fields.ts';

const LISTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['names', ['sh', 'bash', 'h1', 'linux']],
  ['addresses', ['10.0.0.1', '::1']],
  ['networks', ['10.0.0.0/8', '192.168.0.0-192.168.0.9', 'fe80::/10']],
]);

/** An exception of a rule: every kind of entry, for some systems or all. */
export function anException(random: Random): RuleException {
  const entries = several(random, 1, 3, () => anEntry(random));
  const osTypes = random.chance(0.15) ? [anyOne(random, ['linux', 'windows'] as const)] : [];
  return { name: 'made', stage: 'event', entries, osTypes, lists: LISTS };
}

const PLAIN = FIELDS.fields.filter(({ type }) => type !== 'nested' && type !== 'flattened');
const NESTED = FIELDS.fields.filter(({ type }) => type === 'nested');

function anEntry(random: Random): AnyEntry {
  if (random.chance(0.15)) return aNestedEntry(random, anyOne(random, NESTED));
  const of = anyOne(random, PLAIN);
  const operator = random.chance(0.7) ? 'included' : 'excluded';
  const isText = of.type === 'keyword' || of.type === 'wildcard';
  if (isText && random.chance(0.25)) {
    return { type: 'wildcard', field: nameOf(random, of), operator, value: pattern(random, of) };
  }
  if (random.chance(0.2)) {
    const [id, type] = of.type === 'ip' ? anyOne(random, ADDRESS_LISTS) : (['names', 'keyword'] as const);
    if (isText || of.type === 'ip') return { type: 'list', field: of.name, operator, list: { id, type } };
  }
  const plain = plainEntry(random, of);
  return { ...plain, field: nameOf(random, of), operator };
}

const ADDRESS_LISTS = [
  ['addresses', 'ip'],
  ['networks', 'ip_range'],
] as const;

function nameOf(random: Random, { name, caseless, text }: Field): string {
  if (caseless && random.chance(0.2)) return `${name}.caseless`;
  return text && random.chance(0.2) ? `${name}.text` : name;
}

function aNestedEntry(random: Random, { name, fields = [] }: Field): NestedEntry {
  const entries = several(random, 1, 2, () => plainEntry(random, anyOne(random, fields)));
  return { type: 'nested', field: name, entries: [...entries] };
}

function plainEntry(random: Random, of: Field): NestedEntry['entries'][number] {
  const common = { field: of.name, operator: random.chance(0.8) ? ('included' as const) : ('excluded' as const) };
  if (random.chance(0.2)) return { type: 'exists', ...common };
  if (random.chance(0.4))
    return { type: 'match_any', ...common, value: [...several(random, 1, 4, () => valueFor(random, of))] };
  return { type: 'match', ...common, value: valueFor(random, of) };
}

function valueFor(random: Random, { name, type }: Field): string {
  switch (type) {
    case 'long':
    case 'double':
      return String(random.between(-2, 50));
    case 'boolean':
      return anyOne(random, ['true', 'false']);
    case 'date':
      return '2026-11-21T11:00:00.000Z';
    case 'ip':
      return anyOne(random, ['10.0.0.1', '::1', '::0:1', '10.0.0.0/8']);
    default:
      return anyText(random, name) || 'sh';
  }
}

function pattern(random: Random, { name }: Field): string {
  const points = [...anyText(random, name)].map((point) => (/[*?\\]/.test(point) ? `\\${point}` : point));
  const at = random.between(0, points.length);
  return anyOne(random, [
    `${points.slice(0, at).join('')}*`,
    `*${points.slice(at).join('')}`,
    [...points.slice(0, at), '?', ...points.slice(at + 1)].join(''),
    `*${points.slice(at, at + 2).join('')}*`,
  ]);
}
