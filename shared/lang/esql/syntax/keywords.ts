import * as terms from './parser.generated.terms.ts';

/** Words that are never a bare part of a name (SEMANTICS of the language: `process.not` needs backticks). */
const HARD: ReadonlyMap<string, number> = new Map([
  ['or', terms.OrKeyword],
  ['and', terms.AndKeyword],
  ['not', terms.NotKeyword],
  ['in', terms.InKeyword],
  ['is', terms.IsKeyword],
  ['like', terms.LikeKeyword],
  ['rlike', terms.RlikeKeyword],
  ['null', terms.NullKeyword],
  ['true', terms.TrueKeyword],
  ['false', terms.FalseKeyword],
  ['asc', terms.AscKeyword],
  ['desc', terms.DescKeyword],
  ['nulls', terms.NullsKeyword],
  ['first', terms.FirstKeyword],
  ['last', terms.LastKeyword],
  ['by', terms.ByKeyword],
]);

/** The commands that the grammar spells out, by name in lower case. */
export const COMMANDS: ReadonlyMap<string, number> = new Map([
  ['from', terms.FromKeyword],
  ['where', terms.WhereKeyword],
  ['eval', terms.EvalKeyword],
  ['keep', terms.KeepKeyword],
  ['drop', terms.DropKeyword],
  ['rename', terms.RenameKeyword],
  ['stats', terms.StatsKeyword],
  ['sort', terms.SortKeyword],
  ['limit', terms.LimitKeyword],
  ['mv_expand', terms.MvExpandKeyword],
  ['grok', terms.GrokKeyword],
  ['dissect', terms.DissectKeyword],
  ['inline', terms.InlineKeyword],
  ['inlinestats', terms.InlineStatsKeyword],
  ['row', terms.RowKeyword],
  ['set', terms.SetKeyword],
]);

/** Words that are keywords only where the grammar expects them: `source.as.number` is a name. */
const SOFT: ReadonlyMap<string, number> = new Map([
  ...COMMANDS,
  ['metadata', terms.MetadataKeyword],
  ['as', terms.AsKeyword],
]);

/** For Lezer, which also gives its stack: the term of a hard keyword, or -1. */
export const hardKeyword = (word: string, _stack?: unknown): number => HARD.get(word.toLowerCase()) ?? -1;

/** For Lezer, which also gives its stack: the term of a soft keyword, or -1. */
export const softKeyword = (word: string, _stack?: unknown): number => SOFT.get(word.toLowerCase()) ?? -1;

export const isHardKeyword = (word: string): boolean => HARD.has(word.toLowerCase());
