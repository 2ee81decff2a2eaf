/** Degrees. */
export const GREATEST_LATITUDE = 90;
export const GREATEST_LONGITUDE = 180;

/** An index keeps a coordinate as a whole number of steps, so many from 0 to the greatest (apache/lucene `GeoEncodingUtils`). */
export const STEPS = 2 ** 31;

/** Metres, of a sphere as large as the Earth. */
export const MEAN_RADIUS = 6_371_008.7714;

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;

/** A point as well-known text, in any case, with its longitude and latitude captured: in the syntax that all engines share. */
export const POINT_TEXT = String.raw`\s*point\s*\(\s*(${NUMBER})\s+(${NUMBER})\s*\)\s*`;
