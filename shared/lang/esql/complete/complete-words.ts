import type { Proposal, ProposalKind } from '#shared/lang/completion.ts';
import { COMMANDS } from '#shared/lang/esql/syntax/keywords.ts';
import type { ValueType } from '#shared/plan/value.ts';

/** A word or sign, offered wherever the grammar takes it. */
interface Word {
  readonly label: string;
  readonly kind: ProposalKind;
  /** What the grammar is tried with: the word and what must follow it. */
  readonly probe: string;
  readonly insert?: string;
  readonly caret?: number;
  readonly info: string;
  /** Types of a column in front of it that it makes sense with; every type where absent. */
  readonly types?: readonly ValueType[];
}

const TEXT: readonly ValueType[] = ['string'];
const ORDERED: readonly ValueType[] = ['string', 'long', 'double', 'datetime'];
const COMPUTED: readonly ValueType[] = ['long', 'double', 'datetime'];
const BOOLEAN: readonly ValueType[] = ['boolean'];

const sign = (label: string, info: string, types?: readonly ValueType[]): Word => ({
  label,
  kind: 'operator',
  probe: `${label} zz`,
  info,
  ...(types && { types }),
});
const word = (label: string, probe: string, info: string, types?: readonly ValueType[]): Word => ({
  label,
  kind: 'keyword',
  probe,
  info,
  ...(types && { types }),
});

export const WORDS: readonly Word[] = [
  sign('==', 'Equal; null where one side is null.'),
  sign('!=', 'Different; null where one side is null.'),
  { ...word('IN', 'IN (1)', 'Equal to one of a list.'), insert: 'IN ()', caret: 4 },
  { ...word('NOT IN', 'NOT IN (1)', 'Equal to none of a list.'), insert: 'NOT IN ()', caret: 8 },
  { ...word('LIKE', 'LIKE "x"', '`*` for any text, `?` for one character.', TEXT), insert: 'LIKE ""', caret: 6 },
  { ...word('RLIKE', 'RLIKE "x"', 'A regular expression over the whole value.', TEXT), insert: 'RLIKE ""', caret: 7 },
  { ...word('NOT LIKE', 'NOT LIKE "x"', 'Unlike a pattern.', TEXT), insert: 'NOT LIKE ""', caret: 10 },
  sign('>=', 'At least.', ORDERED),
  sign('<=', 'At most.', ORDERED),
  sign('>', 'More than.', ORDERED),
  sign('<', 'Less than.', ORDERED),
  word('IS NULL', 'IS NULL', 'Has no value.'),
  word('IS NOT NULL', 'IS NOT NULL', 'Has a value.'),
  word('AND', 'AND zz', 'Both must be true.', BOOLEAN),
  word('OR', 'OR zz', 'One must be true.', BOOLEAN),
  word('BY', 'BY zz', 'One row per value of what follows.'),
  word('WHERE', 'WHERE zz', 'Only rows where this is true take part.'),
  word('AS', 'AS zz', 'The new name.'),
  word('METADATA', 'METADATA zz', 'Columns about the event itself.'),
  word('ASC', 'ASC', 'Ascending.'),
  word('DESC', 'DESC', 'Descending.'),
  word('NULLS FIRST', 'NULLS FIRST', 'Rows without a value first.'),
  word('NULLS LAST', 'NULLS LAST', 'Rows without a value last.'),
  sign('=', 'The name in front stands for what follows.'),
  sign('+', 'Sum.', COMPUTED),
  sign('-', 'Difference.', COMPUTED),
  sign('*', 'Product.', ['long', 'double']),
  sign('/', 'Quotient.', ['long', 'double']),
  { label: '|', kind: 'command', probe: '| LIMIT 1', info: 'The next command.' },
];

/** Words that begin an operand. */
export const OPERAND_WORDS: readonly Word[] = [
  word('NOT', 'NOT zz', 'What follows must be false.'),
  word('TRUE', 'TRUE', 'True.'),
  word('FALSE', 'FALSE', 'False.'),
  word('NULL', 'NULL', 'No value.'),
];

export const proposalOf = ({ label, kind, insert = `${label} `, caret, info }: Word): Proposal => ({
  kind,
  label,
  insert,
  info,
  ...(caret !== undefined && { caret }),
});

const COMMAND_INFO: Readonly<Record<string, string>> = {
  from: 'All events.',
  where: 'Keeps rows where a condition is true.',
  eval: 'Adds columns that are computed.',
  keep: 'Keeps these columns, in this order.',
  drop: 'Takes columns out.',
  rename: 'Gives columns other names.',
  stats: 'One row per group, with counts and other aggregates.',
  sort: 'Orders the rows.',
  limit: 'At most so many rows.',
  mv_expand: 'One row per value of a column.',
  grok: 'Takes a text apart by named patterns.',
  dissect: 'Takes a text apart by its delimiters.',
  row: 'One row of constants.',
};

/** Commands that begin a query, and those that follow a pipe. */
const STARTING: ReadonlySet<string> = new Set(['from', 'row', 'show', 'ts']);

export const commandProposals = (first: boolean): readonly Proposal[] =>
  [...COMMANDS.keys()]
    .filter((name) => STARTING.has(name) === first)
    .map((name) => {
      const label = name.toUpperCase();
      const info = COMMAND_INFO[name];
      return { kind: 'command', label, insert: `${label} `, ...(info !== undefined && { info }) };
    });
