import type { FieldCatalogue } from '#shared/event/field.ts';
import type { Word } from '#shared/lang/esql/syntax/ast.ts';
import type { Expression } from '#shared/plan/expression.ts';
import type { NamedExpression, Step } from '#shared/plan/plan.ts';

const EVENT_ID = 'event.id';

/** Where all events are, in Elasticsearch's terms: a console has one index. */
const INDEX = 'events';

/** What a METADATA column holds here; a name that is absent cannot be used. */
const COLUMNS: Readonly<Record<string, (catalogue: FieldCatalogue) => Expression>> = {
  // Elastic Defend's documents are named by their event.
  _id: (catalogue) =>
    catalogue.find(EVENT_ID)
      ? { kind: 'single', of: { kind: 'column', name: EVENT_ID, type: 'string' } }
      : { kind: 'literal', type: 'string', value: null },
  _index: () => ({ kind: 'literal', type: 'string', value: INDEX }),
  // Events are stored once and never changed.
  _version: () => ({ kind: 'literal', type: 'long', value: 1 }),
};

/** The step that gives source rows the METADATA columns a query asks for; none where there are none. */
export function metadataSteps(words: readonly Word[], catalogue: FieldCatalogue): readonly Step[] {
  const names = [...new Set(words.map(({ text }) => text))];
  const columns = names.flatMap((name): NamedExpression[] => {
    const value = COLUMNS[name];
    return value ? [{ name, value: value(catalogue) }] : [];
  });
  return columns.length === 0 ? [] : [{ kind: 'derive', columns }];
}
