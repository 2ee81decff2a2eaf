import { styleTags, tags } from '@lezer/highlight';

/** What an editor colours: attached to the parser's nodes. */
export const kqlHighlighting = styleTags({
  'Or And Not': tags.logicOperator,
  RangeOperator: tags.compareOperator,
  'Field/Quoted Field/Unquoted': tags.propertyName,
  'Value/Quoted FreeText/Quoted': tags.string,
  'Value/Unquoted FreeText/Unquoted': tags.literal,
  ':': tags.punctuation,
  '( )': tags.paren,
  '{ }': tags.brace,
});
