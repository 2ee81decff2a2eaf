import { styleTags, tags } from '@lezer/highlight';

/** What an editor colours: attached to the parser's nodes. */
export const esqlHighlighting = styleTags({
  'FromKeyword MetadataKeyword WhereKeyword EvalKeyword KeepKeyword DropKeyword RenameKeyword AsKeyword': tags.keyword,
  'StatsKeyword ByKeyword SortKeyword LimitKeyword MvExpandKeyword': tags.keyword,
  'AscKeyword DescKeyword NullsKeyword FirstKeyword LastKeyword': tags.modifier,
  'OrKeyword AndKeyword NotKeyword': tags.logicOperator,
  'InKeyword IsKeyword LikeKeyword RlikeKeyword': tags.operatorKeyword,
  CommandName: tags.keyword,
  CompareOperator: tags.compareOperator,
  'AddOperator MultiplyOperator': tags.arithmeticOperator,
  'Column/Identifier Column/QuotedName': tags.propertyName,
  'Assignment/Column/Identifier Assignment/Column/QuotedName': tags.definition(tags.propertyName),
  'NamePattern/PatternText NamePattern/QuotedName': tags.propertyName,
  'FunctionName/Identifier': tags.function(tags.variableName),
  'TypeName/Identifier': tags.typeName,
  'TimeUnit/Identifier': tags.unit,
  IndexPattern: tags.namespace,
  String: tags.string,
  Number: tags.number,
  'TrueKeyword FalseKeyword': tags.bool,
  NullKeyword: tags.null,
  LineComment: tags.lineComment,
  BlockComment: tags.blockComment,
  Pipe: tags.separator,
  '( )': tags.paren,
});
