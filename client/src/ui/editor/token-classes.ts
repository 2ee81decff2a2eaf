import { tagHighlighter, tags } from '@lezer/highlight';

/** The classes of coloured stretches; tokens.css says their colours in both schemes. */
export const tokenClasses = tagHighlighter([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.logicOperator], class: 'code-keyword' },
  { tag: [tags.compareOperator, tags.arithmeticOperator, tags.punctuation, tags.separator], class: 'code-operator' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], class: 'code-field' },
  { tag: tags.function(tags.variableName), class: 'code-function' },
  { tag: [tags.string, tags.literal], class: 'code-string' },
  { tag: [tags.number, tags.bool, tags.null, tags.unit, tags.typeName], class: 'code-number' },
  { tag: tags.namespace, class: 'code-source' },
  { tag: [tags.lineComment, tags.blockComment], class: 'code-comment' },
]);
