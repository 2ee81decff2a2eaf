import { GREATEST_LATITUDE, GREATEST_LONGITUDE, MEAN_RADIUS, POINT_TEXT, STEPS } from '#shared/plan/geo-point.ts';
import { bind } from '../../sql/bind.ts';
import { textLiteral } from '../../sql/literal.ts';
import { finite } from '../arithmetic.ts';
import { type Implementation, ofSingles, onEach } from './implementation.ts';

const WRITTEN = textLiteral(POINT_TEXT);

/** A point of these coordinates, which are doubles or NULL. */
const pointOf = (longitude: string, latitude: string): string =>
  `'POINT (' || double_text(${longitude} + 0) || ' ' || double_text(${latitude} + 0) || ')'`;

const isWithin = (longitude: string, latitude: string): string =>
  `abs(${longitude}) <= ${GREATEST_LONGITUDE} AND abs(${latitude}) <= ${GREATEST_LATITUDE}`;

/** SQL over `p`, a struct of both coordinates as texts; NULL for a text that is no point. */
const withParts = (text: string, sql: string): string =>
  `CASE WHEN regexp_full_match(${text}, ${WRITTEN}, 'i') THEN ${bind('p', `regexp_extract(${text}, ${WRITTEN}, ['x', 'y'], 'i')`, sql)} END`;

const degrees = (part: 'x' | 'y'): string => finite(`TRY_CAST(p.${part} AS DOUBLE)`);

const both = `{'x': ${degrees('x')}, 'y': ${degrees('y')}}`;

const quantized = (value: string, greatest: number): string => {
  const step = `(${greatest}::DOUBLE / ${STEPS})`;
  return `(least(floor(${value} / ${step}), ${STEPS - 1}) * ${step})`;
};

/** Of `a` and `b`, structs of a latitude in radians and a longitude in degrees. */
const METRES = `2 * ${MEAN_RADIUS}::DOUBLE * asin(least(1, sqrt(
  (1 - cos(a.y - b.y) + cos(a.y) * cos(b.y) * (1 - cos(radians(a.x - b.x)))) / 2)))`;

/** What `METRES` is computed of; NULL for a point beyond the ends of the Earth. */
const onEarth = (point: string): string =>
  withParts(
    point,
    bind(
      'c',
      both,
      `CASE WHEN ${isWithin('c.x', 'c.y')} THEN {'x': ${quantized('c.x', GREATEST_LONGITUDE)}, 'y': radians(${quantized('c.y', GREATEST_LATITUDE)})} END`,
    ),
  );

const distance = (one: string, other: string): string =>
  bind(
    'a',
    onEarth(one),
    bind('b', onEarth(other), `CASE WHEN a IS NOT NULL AND b IS NOT NULL THEN ${METRES} + 0 END`),
  );

export const GEO_POINT_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  geo_point: ofSingles(([longitude = '', latitude = '']) => {
    const [x, y] = [`(${longitude})::DOUBLE`, `(${latitude})::DOUBLE`];
    return `CASE WHEN ${isWithin(x, y)} THEN ${pointOf(x, y)} END`;
  }),
  to_geopoint: onEach((text) => withParts(text, bind('c', both, pointOf('c.x', 'c.y')))),
  st_x: onEach((point) => withParts(point, degrees('x'))),
  st_y: onEach((point) => withParts(point, degrees('y'))),
  st_distance: ofSingles(([one = '', other = '']) => distance(one, other)),
};
