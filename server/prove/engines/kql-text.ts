import type { Random } from '#server/demo/random.ts';
import type { Field } from '#shared/event/field.ts';
import { kqlFieldName, kqlLiteral } from '#shared/lang/kql/literal.ts';
import { anyOne, anyText, oneWay, several } from './draw.ts';

/** A query in KQL over these fields. */
export function kqlText(random: Random, fields: readonly Field[], depth = 3): string {
  if (depth === 0 || random.chance(0.35)) return leaf(random, fields);
  const part = (): string => grouped(random, kqlText(random, fields, depth - 1));
  return oneWay(random, [
    () => several(random, 2, 3, part).join(random.chance(0.5) ? ' and ' : ' AND '),
    () => several(random, 2, 3, part).join(' or '),
    () => `not ${part()}`,
    () => `${part()} or ${part()} and ${part()}`,
  ]);
}

const grouped = (random: Random, text: string): string =>
  / (?:and|or) /i.test(text) || random.chance(0.2) ? `(${text})` : text;

function leaf(random: Random, fields: readonly Field[]): string {
  if (random.chance(0.03)) return oneWay(random, [() => '*:*', () => value(random, anyOne(random, fields)), () => '*']);
  const field = anyOne(random, fields);
  if (field.type === 'nested') return `${field.name}:{ ${kqlText(random, field.fields ?? [], 1)} }`;
  const name = nameOf(random, field);
  if (isOrdered(field) && random.chance(0.5))
    return `${name} ${anyOne(random, ['<', '<=', '>', '>='])} ${bound(random, field)}`;
  return oneWay(random, [
    () => `${name}: ${value(random, field)}`,
    () => `${name}:${value(random, field)}`,
    () => `${name}: *`,
    () =>
      `${name}: (${several(random, 2, 4, () => value(random, field)).join(anyOne(random, [' or ', ' and ', ' OR ']))})`,
    () => `${name}: (not ${value(random, field)} and ${value(random, field)})`,
  ]);
}

function nameOf(random: Random, { name, caseless, text, type }: Field): string {
  if (caseless && random.chance(0.3)) return `${name}.caseless`;
  if (text && random.chance(0.3)) return `${name}.text`;
  if (type === 'flattened' && random.chance(0.5)) return `${name}.y.z`;
  return random.chance(0.03) ? name.replace(/\w+$/, '*') : kqlFieldName(name);
}

const isOrdered = ({ type }: Field): boolean => type === 'long' || type === 'double' || type === 'date';

const DATES = [
  '2026-11-21T11:00:00Z',
  '2026-11-21',
  'now-1h',
  'now-61m/m',
  'now/d',
  '2026-11-21T11:00:00Z||-10m',
  'now+1d',
  'now-1M/M',
  'now/w',
  'now/y',
];

const bound = (random: Random, field: Field): string =>
  field.type === 'date' ? kqlLiteral(anyOne(random, DATES)) : number(random, field);

const number = (random: Random, { name }: Field): string => {
  const text = anyText(random, name);
  return /^-?\d+(?:\.\d+)?$/.test(text) ? text : String(random.between(-3, 50));
};

/** A value that a field of this type takes, quoted, bare, escaped or with wildcards. */
function value(random: Random, field: Field): string {
  switch (field.type) {
    case 'long':
    case 'double':
      return random.chance(0.3) ? `"${number(random, field)}"` : number(random, field);
    case 'boolean':
      return anyOne(random, ['true', 'false', '"true"', '"false"']);
    case 'date':
      return kqlLiteral(anyOne(random, ['2026-11-21T11:00:00Z', '2026-11-21', '2026-11-21T10:30', '2026']));
    case 'ip':
      return kqlLiteral(
        anyOne(random, [
          ...[
            '10.0.0.1',
            '10.0.0.0/8',
            '::1',
            'fe80::/10',
            '::ffff:10.0.0.1',
            '192.168.0.7',
            '0::1',
            'FE80::1',
            '010.0.0.1',
          ],
          '::ffff:10.0.0.0/104',
        ]),
      );
    default:
      return text(random, field);
  }
}

function text(random: Random, { name, type, keyed }: Field): string {
  const plain = anyText(random, name);
  const points = [...plain];
  const at = random.between(0, points.length);
  const patterns =
    keyed || type === 'flattened'
      ? []
      : [
          () => `${bare(points.slice(0, at).join(''))}*`,
          () => `*${bare(points.slice(at).join(''))}`,
          () => `*${bare(points.slice(at, at + 2).join(''))}*`,
          () => `${bare(points.slice(0, 1).join(''))}*${bare(points.slice(-1).join(''))}`,
        ];
  return oneWay(random, [() => kqlLiteral(plain), () => kqlLiteral(plain), () => bare(plain) || '""', ...patterns]);
}

/** Without quotes: what would end the value is escaped. */
const bare = (plain: string): string => {
  const escaped = plain
    .replaceAll(/[\\():<>"*{}]/g, '\\$&')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n');
  return escaped.trim() === escaped && !/\b(?:and|or|not)\b/i.test(escaped) ? escaped : 'sh';
};
