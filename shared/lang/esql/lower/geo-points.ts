import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { NamedExpression, Step } from '#shared/plan/plan.ts';
import { isNumeric, valueTypeOf } from '#shared/plan/types.ts';
import { single } from './cells.ts';

/** The members that hold a point's coordinates. */
const [LONGITUDE, LATITUDE] = ['.lon', '.lat'];

/** Elastic Common Schema maps fields of this name, and no others, as `geo_point` (elastic/ecs `generated/csv/fields.csv`). */
const isMappedAsPoint = (name: string): boolean => /(?:^|\.)geo\.location$/.test(name);

/** Functions of which every argument is a point, in lower case. */
const OF_POINTS: ReadonlySet<string> = new Set(['st_x', 'st_y', 'st_distance']);

/** The fields that a column is read from which a query names as a point; null for any other column. */
export const pointMembers = (name: string, called: string | null): readonly string[] | null =>
  isMappedAsPoint(name) || (called !== null && OF_POINTS.has(called))
    ? [`${name}${LONGITUDE}`, `${name}${LATITUDE}`]
    : null;

/**
 * The step that gives source rows the points a query names: an object of a longitude and a latitude that is no field itself is
 * a `geo_point`. None where it names none.
 */
export function geoPointSteps(text: string, catalogue: FieldCatalogue): readonly Step[] {
  const columns = catalogue.fields.flatMap(({ name: member }): readonly NamedExpression[] => {
    if (!member.endsWith(LONGITUDE)) return [];
    const name = member.slice(0, -LONGITUDE.length);
    if (!text.includes(name) || catalogue.find(name)) return [];
    const [longitude, latitude] = [member, `${name}${LATITUDE}`].map((part) => coordinate(part, catalogue));
    if (!longitude || !latitude) return [];
    return [{ name, value: { kind: 'call', name: 'geo_point', type: 'geo_point', args: [longitude, latitude] } }];
  });
  return columns.length === 0 ? [] : [{ kind: 'derive', columns }];
}

function coordinate(name: string, catalogue: FieldCatalogue): Expression | null {
  const field = catalogue.find(name);
  const type = field && valueTypeOf(field.type);
  return type && isNumeric(type) ? single({ kind: 'column', name, type }) : null;
}
