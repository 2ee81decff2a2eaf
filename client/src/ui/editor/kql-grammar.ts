import { LRLanguage } from '@codemirror/language';
import { parser } from '#shared/lang/kql/parser.generated.ts';

export const kqlGrammar = LRLanguage.define({ name: 'kql', parser });
