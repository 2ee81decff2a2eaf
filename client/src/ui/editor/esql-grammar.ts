import { LRLanguage } from '@codemirror/language';
import { parser } from '#shared/lang/esql/syntax/parser.generated.ts';

export const esqlGrammar = LRLanguage.define({
  name: 'esql',
  parser,
  languageData: { commentTokens: { line: '//', block: { open: '/*', close: '*/' } } },
});
