import { GREATEST_LATITUDE, GREATEST_LONGITUDE, MEAN_RADIUS, POINT_TEXT, STEPS } from '#shared/plan/geo-point.ts';
import type { Scalar } from '#shared/plan/value.ts';
import { doubleText } from './double-text.ts';
import { type Implementation, strict } from './implementation.ts';

interface Place {
  readonly longitude: number;
  readonly latitude: number;
}

const isWithin = ({ longitude, latitude }: Place): boolean =>
  Math.abs(longitude) <= GREATEST_LONGITUDE && Math.abs(latitude) <= GREATEST_LATITUDE;

const textOf = ({ longitude, latitude }: Place): string => `POINT (${doubleText(longitude)} ${doubleText(latitude)})`;

const WHOLE_TEXT = new RegExp(`^(?:${POINT_TEXT})$`, 'i');

function placeIn(text: Scalar): Place | null {
  const [, longitude, latitude] = WHOLE_TEXT.exec(String(text)) ?? [];
  const place = { longitude: Number(longitude) + 0, latitude: Number(latitude) + 0 };
  return Number.isFinite(place.longitude) && Number.isFinite(place.latitude) ? place : null;
}

/** Down to the grid of points that an index can hold. */
function quantized(degrees: number, greatest: number): number {
  const step = greatest / STEPS;
  return Math.min(Math.floor(degrees / step), STEPS - 1) * step;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** By the haversine formula, of the two as an index holds them (apache/lucene `SloppyMath`, elastic/elasticsearch `StDistance`). */
function metresBetween(one: Place, other: Place): number {
  const [north, south] = [one, other].map(({ latitude }) => radians(quantized(latitude, GREATEST_LATITUDE)));
  const [east, west] = [one, other].map(({ longitude }) => quantized(longitude, GREATEST_LONGITUDE));
  const across = 1 - Math.cos(radians((east ?? 0) - (west ?? 0)));
  const half = 1 - Math.cos((north ?? 0) - (south ?? 0)) + Math.cos(north ?? 0) * Math.cos(south ?? 0) * across;
  return 2 * MEAN_RADIUS * Math.asin(Math.min(1, Math.sqrt(half / 2)));
}

const coordinate = (read: (place: Place) => number): Implementation =>
  strict(([point = '']) => {
    const place = placeIn(point);
    return place && read(place);
  });

/** elastic/elasticsearch `docs/reference/`, ES|QL spatial functions. */
export const GEO_POINT_FUNCTIONS: Readonly<Record<string, Implementation>> = {
  geo_point: strict(([longitude, latitude]) => {
    const place = { longitude: Number(longitude) + 0, latitude: Number(latitude) + 0 };
    return isWithin(place) ? textOf(place) : null;
  }),
  to_geopoint: strict(([text = ''], call) => {
    const place = placeIn(text);
    return place ? textOf(place) : call.failed('unreadable');
  }),
  st_x: coordinate(({ longitude }) => longitude),
  st_y: coordinate(({ latitude }) => latitude),
  st_distance: strict((points, call) => {
    const [one, other] = points.map(placeIn);
    return one && other && isWithin(one) && isWithin(other) ? metresBetween(one, other) + 0 : call.failed('overflow');
  }),
};
