import { must } from '#shared/base/assert.ts';
import type { Field } from '#shared/event/field.ts';
import { quoteName, quoteText } from '../sql/identifier.ts';
import { fieldColumns } from './field-columns.ts';
import { columnType, elementType, type Layout } from './schema.ts';

/** The member that holds a field's values: by its place in the catalogue, since names may differ in case only. */
export const memberOf = (index: number): string => `f${index}`;

/**
 * The SELECT for records that the exact path has read: members stand for the fields (`memberOf`), values are lists in their stored form,
 * dates as epoch milliseconds; `$place` is the record's place, `$id` and `$ns` stand beside. Gives the columns of
 * `normaliseSql` without `sure`.
 */
export function canonicalSql(layout: Layout, records: string): string {
  const fields = layout.catalogue.fields;
  const structure: Record<string, unknown> = { $place: 'BIGINT', $id: 'VARCHAR', $ns: 'INTEGER', $spill: 'JSON' };
  fields.forEach((field, index) => {
    structure[memberOf(index)] = [field.type === 'date' ? 'BIGINT' : elementType(field)];
  });
  const columns = fieldColumns(layout.catalogue);
  const columnOf = ({ name }: Field): string => quoteName(must(columns.get(name), `column of ${name}`));
  const column = (field: Field) => {
    const list = `record.${quoteName(memberOf(fields.indexOf(field)))}`;
    if (field.type !== 'date') return field.many ? list : `CASE WHEN len(${list}) = 1 THEN ${list}[1] END`;
    return field.many
      ? `list_transform(${list}, lambda ms: epoch_ms(ms))`
      : `CASE WHEN len(${list}) = 1 THEN epoch_ms(${list}[1]) END`;
  };
  const hashOf = (name: string) => {
    const field = fields.find((candidate) => candidate.name === name && !candidate.many);
    return field ? `CASE WHEN (${column(field)}) IS NOT NULL THEN hash(${column(field)}) END` : 'NULL';
  };
  const selected = [
    'record."$place" AS place, record."$id" AS id, record."$ns" AS ns, record."$spill" AS spill',
    ...fields.map((field) => `CAST(${column(field)} AS ${columnType(field)}) AS ${columnOf(field)}`),
    `${hashOf('process.entity_id')} AS entity_hash, ${hashOf('process.parent.entity_id')} AS parent_hash`,
  ];
  return `
SELECT ${selected.join(',\n  ')}
FROM (SELECT from_json(json, ${quoteText(JSON.stringify(structure))}) AS record FROM (${records}) AS records) AS parsed`;
}
