import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { completeEsql, proposeEsqlValue } from '#shared/lang/esql/complete/complete.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { completeKql, proposeKqlValue } from '#shared/lang/kql/complete.ts';
import type { LanguageService, QueryLanguage } from './language.ts';

/** What an editor needs to know of a language, over events with these fields. */
export const languageService = (language: QueryLanguage, catalogue: FieldCatalogue): LanguageService =>
  language === 'kql'
    ? {
        diagnose: (text) => problemsOf(compileKql(text, catalogue)),
        complete: (text, at) => completeKql(text, at, catalogue),
        proposeValue: (wanted, { value, count }) => proposeKqlValue(wanted, value, count, catalogue),
      }
    : {
        diagnose: (text) => (text.trim() === '' ? [] : problemsOf(compileEsql(text, catalogue))),
        complete: (text, at) => completeEsql(text, at, catalogue),
        proposeValue: (wanted, { value, count }) => proposeEsqlValue(wanted, value, count, catalogue),
      };

type Outcome =
  | { readonly ok: true; readonly value: { readonly warnings: readonly Diagnostic[] } }
  | { readonly ok: false; readonly error: readonly Diagnostic[] };

/** Warnings without a place are of no use while typing: `no-limit` would be there in nearly every query. */
const problemsOf = (outcome: Outcome): readonly Diagnostic[] =>
  outcome.ok ? outcome.value.warnings.filter(({ span }) => span !== undefined) : outcome.error;
