import type { Diagnostic } from '#shared/base/diagnostic.ts';
import type { FieldCatalogue } from '#shared/event/field.ts';
import { compileEsql } from '#shared/lang/esql/compile.ts';
import { completeEsql, proposeEsqlValue } from '#shared/lang/esql/complete/complete.ts';
import { compileKql } from '#shared/lang/kql/compile.ts';
import { completeKql, proposeKqlValue } from '#shared/lang/kql/complete.ts';
import { widenForQuery } from '#shared/lang/widen-for-query.ts';
import type { Fields, LanguageService, QueryLanguage } from './language.ts';

/**
 * What an editor needs to know of a language, over events with these fields. `any`: what they lack is read for the query, as for a rule
 * when it is saved; a name that nobody knows is told of.
 */
export function languageService(language: QueryLanguage, catalogue: FieldCatalogue, fields: Fields): LanguageService {
  const { compile, complete, proposeValue } = language === 'kql' ? KQL : ESQL;
  return {
    diagnose: (text) => {
      const wide = fields === 'any' ? widenForQuery(catalogue, text, language) : { catalogue, warnings: [] };
      return [...wide.warnings, ...problemsOf(compile(text, wide.catalogue))];
    },
    complete: (text, at) => complete(text, at, catalogue),
    proposeValue: (wanted, { value, count }) => proposeValue(wanted, value, count, catalogue),
  };
}

const KQL = { compile: compileKql, complete: completeKql, proposeValue: proposeKqlValue };
const ESQL = {
  compile: (text: string, catalogue: FieldCatalogue): Outcome =>
    text.trim() === '' ? NOTHING_WRONG : compileEsql(text, catalogue),
  complete: completeEsql,
  proposeValue: proposeEsqlValue,
};

type Outcome =
  | { readonly ok: true; readonly value: { readonly warnings: readonly Diagnostic[] } }
  | { readonly ok: false; readonly error: readonly Diagnostic[] };

const NOTHING_WRONG: Outcome = { ok: true, value: { warnings: [] } };

/** Warnings without a place are of no use while typing: `no-limit` would be there in nearly every query. */
const problemsOf = (outcome: Outcome): readonly Diagnostic[] =>
  outcome.ok ? outcome.value.warnings.filter(({ span }) => span !== undefined) : outcome.error;
