import type { Random } from '#server/demo/random.ts';
import type { ValueType } from '#shared/plan/value.ts';
import { anyOne, anyText } from './draw.ts';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\t': '\\t', '\r': '\\r', '\n': '\\n' };

/** A text as ES|QL writes it. */
export const quoted = (text: string): string =>
  `"${text.replaceAll(/[\\"\t\r\n]/g, (character) => ESCAPES[character] ?? character)}"`;

const TIMES = ['2026-11-21T11:00:00.000Z', '2026-11-21T10:30:00Z', '2026-11-21T11:59:59.999Z', '2024-02-29T00:00:00Z'];

export const datetime = (random: Random): string => {
  const time = quoted(anyOne(random, TIMES));
  return random.chance(0.5) ? `to_datetime(${time})` : `${time}::datetime`;
};

/** Some beyond the ends of the Earth, some none. */
const POINTS = [
  'POINT (10.5 59.9)',
  'point(-122.25 37.5)',
  'POINT(0 -0.5)',
  'POINT (1e1 .5)',
  'POINT (200 10)',
  'POINT (1)',
  '10 20',
];

const SPANS = ['1 second', '5 minutes', '1 hour', '90 min', '1 day', '1 week', '250 ms'];

/** A constant of this type. */
export function literal(random: Random, type: ValueType): string {
  switch (type) {
    case 'string':
      return quoted(anyText(random, anyOne(random, ['process.name', 'process.args', 'host.id', 'event.action'])));
    case 'long':
      return random.chance(0.95)
        ? String(random.between(-3, 50))
        : anyOne(random, ['9223372036854775807', '1099511627776']);
    case 'double':
      return anyOne(random, ['0.5', '-1.25', '2.0', '1e3', '.5', '0.1']);
    case 'boolean':
      return anyOne(random, ['true', 'false']);
    case 'datetime':
      return random.chance(0.2) ? 'now()' : datetime(random);
    case 'ip':
      return `to_ip(${quoted(anyOne(random, ['10.0.0.1', '::1', '0:0::1', 'FE80::1', 'none', '192.168.0.7', '010.0.0.1', '::ffff:a00:1']))})`;
    case 'geo_point':
      return `to_geopoint(${quoted(anyOne(random, POINTS))})`;
    case 'span':
      return anyOne(random, SPANS);
    case 'null':
      return 'null';
  }
}
