import { define, each, type FunctionSignature, NUMBER, single } from './function-signature.ts';
import type { ValueType } from './value.ts';

const POINT: readonly ValueType[] = ['geo_point'];

export const GEO_POINTS: readonly FunctionSignature[] = [
  define(
    'geo_point',
    'The point at this longitude and latitude in degrees, null beyond 180 and 90: what a field that holds both is lowered to.',
    [single('longitude', NUMBER), single('latitude', NUMBER)],
    'geo_point',
  ),
  define(
    'to_geopoint',
    'As a point; of texts such as `POINT (longitude latitude)`, null for any other.',
    [each('value', ['string', 'geo_point'])],
    'geo_point',
    { fails: 'unreadable' },
  ),
  define('st_x', 'Longitude of the point, in degrees.', [each('point', POINT)], 'double'),
  define('st_y', 'Latitude of the point, in degrees.', [each('point', POINT)], 'double'),
  define(
    'st_distance',
    'Metres along the great circle between two points; null where one lies beyond longitude 180 or latitude 90.',
    [single('one', POINT), single('other', POINT)],
    'double',
    { fails: 'overflow' },
  ),
];
