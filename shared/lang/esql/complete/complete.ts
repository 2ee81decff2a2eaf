import type { SyntaxNode, Tree } from '@lezer/common';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { type Completion, matching, type Proposal, proposingValues } from '#shared/lang/completion.ts';
import { CAST_NAMES } from '#shared/lang/esql/language-functions.ts';
import { nearNames } from '#shared/lang/esql/lower/near-names.ts';
import { esqlLiteral } from '#shared/lang/esql/syntax/literal.ts';
import { deepestOpening } from '#shared/lang/esql/syntax/nesting.ts';
import { MAX_LENGTH, MAX_NESTING } from '#shared/lang/esql/syntax/parse.ts';
import { parser } from '#shared/lang/esql/syntax/parser.generated.ts';
import { nameOf, sourceOf } from '#shared/lang/esql/syntax/syntax.ts';
import { UNIT_NAMES } from '#shared/lang/esql/syntax/timespan.ts';
import type { ResultColumn } from '#shared/plan/result.ts';
import { columnsBefore } from './columns-before.ts';
import { AGGREGATE_PROPOSALS, columnProposals, SCALAR_PROPOSALS } from './complete-names.ts';
import { commandProposals, OPERAND_WORDS, proposalOf, WORDS } from './complete-words.ts';
import { placeOf, type QueryPlace } from './passage-at.ts';

/** A name put where the caret is, so that the grammar says what a name there would be. */
const PROBE = 'zz';
const HEAD = 'FROM zz |';

/**
 * What may stand at an offset of an ES|QL text, finished or not: commands, the columns at that point of the pipeline,
 * functions, the words the grammar takes there, values. Null where nothing can be said.
 */
export function completeEsql(text: string, at: number, catalogue: FieldCatalogue): Completion | null {
  if (text.length > MAX_LENGTH || deepestOpening(text, MAX_NESTING) !== null) return null;
  const place = placeOf(text, at);
  if (place.inComment) return null;
  const start = place.command;
  if (place.string) return completeString(text, at, place, catalogue);
  const typed = /`[^`]*$|[\w@.]*$/.exec(text.slice(start, at))?.[0] ?? '';
  const from = at - typed.length;
  const to = at + (/^[\w@.]*/.exec(text.slice(at))?.[0].length ?? 0);
  const before = text.slice(start, from);
  if (before.trim() === '') {
    return { from, to, proposals: matching(typed, commandProposals(start === 0)), values: null };
  }
  const site: Site = {
    isFirst: place.command === 0,
    before,
    columns: () => columnsFor(text, place.command, from, catalogue),
  };
  const operand = operandAt(site, catalogue);
  const words = [...(operand ? [] : wordsAt(site)), ...(operand?.takesWords ? OPERAND_WORDS.map(proposalOf) : [])];
  const found = matching(typed.replace('`', ''), [...(operand?.proposals ?? []), ...words]);
  const values = operand?.valuesOf ? { field: operand.valuesOf, prefix: typed } : null;
  if (found.length > 0 || typed === '' || !operand) return { from, to, proposals: found, values };
  const near = nearNames(
    typed,
    operand.proposals.map(({ label }) => label),
  );
  const similar = near.flatMap((name) => operand.proposals.filter(({ label }) => label === name));
  return { from, to, proposals: similar, values };
}

interface Site {
  readonly isFirst: boolean;
  /** The command's text up to the word at the caret. */
  readonly before: string;
  readonly columns: () => readonly ResultColumn[];
}

const headOf = ({ isFirst }: Site): string => (isFirst ? '' : HEAD);

interface Probed {
  readonly tree: Tree;
  readonly text: string;
  readonly at: number;
}

/** The command with a continuation at the caret, where the grammar takes it; null where it does not. */
function probe(site: Site, continuation: string): Probed | null {
  const base = headOf(site) + site.before;
  const text = base + continuation;
  const tree = parser.parse(text);
  let fits = true;
  tree.iterate({
    enter: (node) => {
      // What is still open at the end is an error there, and no reason against the word.
      if (node.type.isError && (node.from < text.length || node.to > node.from)) fits = false;
      return fits;
    },
  });
  return fits ? { tree, text, at: base.length } : null;
}

interface Operand {
  readonly proposals: readonly Proposal[];
  /** Whether `NOT`, `TRUE` and the like may stand here. */
  readonly takesWords: boolean;
  /** The field whose values would fit. */
  readonly valuesOf: string | null;
}

const only = (proposals: readonly Proposal[]): Operand => ({ proposals, takesWords: false, valuesOf: null });

/** What a name at the caret would be; null where the grammar takes none. */
function operandAt(site: Site, catalogue: FieldCatalogue): Operand | null {
  const probed = probe(site, PROBE);
  if (!probed) return null;
  const node = probed.tree.resolveInner(probed.at, 1);
  const owner = node.parent;
  switch (owner?.name ?? node.name) {
    case 'TypeName':
      return only(CAST_NAMES.map((label) => ({ kind: 'keyword', label, insert: label })));
    case 'TimeUnit':
      return only(UNIT_NAMES.map((label) => ({ kind: 'keyword', label, insert: label })));
    case 'NamePattern':
      return only(columnProposals(site.columns()));
    case 'From':
      return only([SOURCE]);
    case 'Column':
      return columnOperand(site, probed, owner as SyntaxNode, catalogue);
    default:
      return node.name === 'IndexPattern' ? only([SOURCE]) : null;
  }
}

const SOURCE: Proposal = {
  kind: 'keyword',
  label: 'logs-endpoint.events.process-*',
  insert: 'logs-endpoint.events.process-* ',
  info: 'All events: whatever the pattern, there is one store.',
};

const METADATA = ['_id', '_index', '_version'];

function columnOperand(site: Site, probed: Probed, column: SyntaxNode, catalogue: FieldCatalogue): Operand {
  const owner = column.parent?.name;
  if (owner === 'Metadata') return only(METADATA.map((label) => ({ kind: 'field', label, insert: label })));
  if (owner === 'RenameAs' || owner === 'RenameTo' || owner === 'MvExpand')
    return only(columnProposals(site.columns()));
  const columns = columnProposals(site.columns());
  const aggregates = isAggregate(column) ? AGGREGATE_PROPOSALS : [];
  return {
    proposals: [...aggregates, ...columns, ...SCALAR_PROPOSALS],
    takesWords: true,
    valuesOf: comparedField(column, probed.text, catalogue),
  };
}

/** In STATS before BY, and not inside of an aggregate's own argument. */
function isAggregate(column: SyntaxNode): boolean {
  for (let node = column.parent; node; node = node.parent) {
    if (node.name === 'Call' || node.name === 'Grouping') return false;
    if (node.name === 'Aggregate') return column.parent?.name !== 'Compare';
  }
  return false;
}

/** The field on the other side of `==`, `!=` or `IN`, whose values the operand is compared with. */
function comparedField(operand: SyntaxNode, text: string, catalogue: FieldCatalogue): string | null {
  const owner = operand.parent;
  const left = owner?.firstChild;
  if (!owner || left?.name !== 'Column' || left.from === operand.from) return null;
  const operator = owner.getChild('CompareOperator');
  const isEqual = operator !== null && /^[=!]=$/.test(text.slice(operator.from, operator.to));
  if (owner.name !== 'In' && !isEqual) return null;
  const field = catalogue.find(nameOf(sourceOf(text), left));
  return field && field.type !== 'date' && field.type !== 'boolean' ? field.name : null;
}

/** The words and signs that the grammar takes at the caret, as far as they go with the column in front. */
function wordsAt(site: Site): readonly Proposal[] {
  const inFront = /([\w@.]+|`[^`]+`)\s*$/.exec(site.before)?.[1]?.replaceAll('`', '');
  const type = inFront === undefined ? undefined : site.columns().find(({ name }) => name === inFront)?.type;
  return WORDS.filter(({ types }) => !types || type === undefined || types.includes(type))
    .filter(({ probe: continuation }) => probe(site, continuation) !== null)
    .map(proposalOf);
}

/** The columns a command sees; those that the same EVAL defines before the caret are among them. */
function columnsFor(text: string, command: number, at: number, catalogue: FieldCatalogue): readonly ResultColumn[] {
  const begun = /^(\s*eval\s.*),[^,]*$/is.exec(text.slice(command, at))?.[1];
  const before = text.slice(0, Math.max(0, command - 1));
  return columnsBefore(begun === undefined ? before : `${before}|${begun}`, catalogue);
}

/** In a string: values of the field that it is compared with. */
function completeString(text: string, at: number, place: QueryPlace, catalogue: FieldCatalogue): Completion | null {
  const { string, command } = place;
  if (!string || text.startsWith('"""', string.from)) return null;
  const site: Site = { isFirst: command === 0, before: text.slice(command, string.from), columns: () => [] };
  const probed = probe(site, '"x"');
  const node = probed?.tree.resolveInner(probed.at, 1);
  const field = probed && node?.name === 'String' ? comparedField(node, probed.text, catalogue) : null;
  if (field === null) return null;
  return {
    from: string.from,
    to: string.to,
    proposals: [],
    values: { field, prefix: text.slice(string.from + 1, at) },
  };
}

/** A value seen in the data as a proposal: a literal that means exactly it. */
export const proposeEsqlValue = proposingValues(esqlLiteral);
