import type { FieldCatalogue, FieldType } from '#shared/event/field.ts';
import { valueTypeOf } from '#shared/plan/types.ts';
import { type Completion, matching, type Proposal, proposingValues, type WantedValues } from '../completion.ts';
import { catalogueAround, fieldName, type Place, placeAt, quoteAround, testAround } from './complete-place.ts';
import { everyField, nameOf, resolveField, typeNameOf } from './fields.ts';
import { kqlFieldName, kqlLiteral } from './literal.ts';
import { nearNames } from './near-names.ts';
import { MAX_NESTING } from './parse.ts';
import { nestingOf } from './syntax-error.ts';

/**
 * What may stand at an offset of a KQL text, finished or not: fields, the operators that a field's type has, values,
 * `and`, `or`, `not`. Null where nothing can be said.
 */
export function completeKql(text: string, at: number, catalogue: FieldCatalogue): Completion | null {
  if (nestingOf(text, MAX_NESTING) !== null) return null;
  const quote = quoteAround(text, at);
  if (!quote && isComplete(text, at)) return connectives(text, at);
  const place = placeAt(text, at, quote);
  if (!place) return null;
  const { literal, typed, from, to } = place;
  const owner = literal.parent;
  const inside = catalogueAround(place, catalogue);
  if (owner?.name === 'Value') {
    const completion = completeValue(place, text, at, inside);
    // What is seen in the data is known by the events' own fields.
    return completion && inside !== catalogue ? { ...completion, values: null } : completion;
  }
  const [, name = '', word] = /^(\S+)\s+(?:.*\s)?(\S*)$/s.exec(typed) ?? [];
  if (word !== undefined) return behindName(name, word, at, inside);
  const followed = /^\s*[:<>]/.test(text.slice(to));
  return {
    from,
    to,
    proposals: fieldProposals(typed, { followed, quoted: place.quoted }, inside),
    values: null,
  };
}

/** Whether the word at this offset follows something that is complete. */
const isComplete = (text: string, at: number): boolean => /[")}]\s+[^\s():<>"*{}]*$/.test(text.slice(0, at));

const keyword = (label: string, info: string): Proposal => ({ kind: 'keyword', label, insert: `${label} `, info });
const AND = keyword('and', 'Both sides must match.');
const OR = keyword('or', 'One side must match.');
const NOT = keyword('not', 'What follows must not match.');

function connectives(text: string, at: number): Completion {
  const word = /[^\s)"}]*$/.exec(text.slice(0, at))?.[0] ?? '';
  return { from: at - word.length, to: at, proposals: matching(word, [AND, OR]), values: null };
}

/** Behind a name and a blank: operators of the field, or the words that connect free text. */
function behindName(name: string, word: string, at: number, catalogue: FieldCatalogue): Completion {
  const field = resolveField(name, catalogue);
  const proposals = field ? operatorsOf(field.field.type) : [AND, OR];
  return { from: at - word.length, to: at, proposals: matching(word, proposals), values: null };
}

const operator = (label: string, info: string, insert = `${label} `): Proposal => ({
  kind: 'operator',
  label,
  insert,
  info,
});

const RANGE = [
  operator('>=', 'At least this value.'),
  operator('<=', 'At most this value.'),
  operator('>', 'More than this value.'),
  operator('<', 'Less than this value.'),
];

const IN_OBJECT = operator(':{', 'One object of the list meets what stands in the braces.', ':{ ');

/** Texts compare too, but hardly anybody means it. */
function operatorsOf(type: FieldType): readonly Proposal[] {
  if (type === 'nested') return [IN_OBJECT];
  return [
    operator(':', 'Is this value, or one of several in parentheses.'),
    ...(['long', 'double', 'date', 'ip'].includes(type) ? RANGE : []),
    operator(': *', 'Has any value.'),
  ];
}

interface NamePlace {
  /** Whether an operator stands behind already. */
  readonly followed: boolean;
  readonly quoted: boolean;
}

function fieldProposals(typed: string, place: NamePlace, catalogue: FieldCatalogue): readonly Proposal[] {
  const fields = everyField(catalogue).map((resolved): Proposal => {
    const label = nameOf(resolved);
    const { type } = resolved.field;
    const behind = place.followed ? '' : behindField(type);
    return { kind: 'field', label, insert: kqlFieldName(label) + behind, detail: typeNameOf(resolved) };
  });
  const found = matching(typed, [...fields, ...(place.quoted || place.followed ? [] : [NOT])]);
  if (found.length > 0 || typed === '') return found;
  const near = nearNames(
    typed,
    fields.map(({ label }) => label),
  );
  return near.flatMap((name) => fields.filter(({ label }) => label === name));
}

function behindField(type: FieldType): string {
  if (type === 'nested') return IN_OBJECT.insert;
  return valueTypeOf(type) === 'string' || type === 'boolean' ? ': ' : ' ';
}

function completeValue(place: Place, text: string, at: number, catalogue: FieldCatalogue): Completion | null {
  const [, word] = place.quoted ? [] : (/\s(\S*)$/.exec(place.typed) ?? []);
  if (word !== undefined) return connectives(text, at);
  const test = testAround(place.literal);
  const field = test?.getChild('Field');
  const resolved = field ? resolveField(fieldName(field, place.parsed), catalogue) : null;
  if (!test || !resolved) return null;
  const { type, name } = resolved.field;
  const { from, to, typed } = place;
  const inGroup = /[(]\s*$|\b(?:or|and|not)\s+$/i.test(text.slice(0, from));
  const fixed = place.quoted ? [] : fixedValues(type, test.name === 'Range', inGroup);
  const values: WantedValues | null = type === 'date' || type === 'boolean' ? null : { field: name, prefix: typed };
  return { from, to, proposals: matching(typed, fixed), values };
}

const constant = (label: string, info: string): Proposal => ({ kind: 'value', label, insert: label, info });

const DATES = [
  constant('now', 'This moment.'),
  constant('now-1h', 'An hour ago.'),
  constant('now-24h', 'A day ago.'),
  constant('now-7d', 'A week ago.'),
  constant('now/d', 'The beginning of this day, UTC.'),
];

function fixedValues(type: FieldType, isRange: boolean, inGroup: boolean): readonly Proposal[] {
  const ofType =
    type === 'boolean' ? [constant('true', 'The field is true.'), constant('false', 'The field is false.')] : [];
  const dates = type === 'date' ? DATES : [];
  if (isRange || inGroup) return [...ofType, ...dates];
  const several: Proposal = {
    kind: 'operator',
    label: '( … )',
    insert: '()',
    caret: 1,
    info: 'One of several values.',
  };
  return [...ofType, ...dates, constant('*', 'Any value: the field exists.'), several];
}

/** A value seen in the data as a proposal: quoted, so that it means itself and nothing else. */
export const proposeKqlValue = proposingValues(kqlLiteral);
